import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startWorld } from '../support/world/world.ts';
import { chromiumFlags, chromiumPath } from './chromium.ts';

const phone = { width: 390, height: 844 };

/** Longer than the browser takes to fill a form on the slowest computer, shorter than a time is kept. */
const formSeconds = 60;

/** The whole system with the demo salon, and a browser to look at it; forms are guarded. */
export const openSalon = async () => {
  const world = await startWorld({}, (catalogue) => {
    catalogue.settings.publicForms = {
      perAddressPerMinute: 100,
      openPerClient: 100,
      holdsPerAddress: 100,
      minimumSeconds: formSeconds,
    };
  });
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumFlags });
  const contexts: BrowserContext[] = [];

  const visitor = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: phone, baseURL: world.system.url, ...options });
    context.setDefaultTimeout(120_000);
    contexts.push(context);
    return context.newPage();
  };

  /** The newest mail to this address, once everything that is under way has arrived. */
  const mailTo = async (to: string) => {
    await world.system.settle();
    const mail = world.system.mailbox.list({ to }).at(-1);
    if (!mail) throw new Error(`no mail to ${to}`);
    return mail;
  };

  return {
    ...world,
    visitor,
    mailTo,
    /** After it a form is no longer filled too fast. */
    fillingTime: () => world.system.windBy(formSeconds * 1000),
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await world.system.close();
    },
  };
};
export type Salon = Awaited<ReturnType<typeof openSalon>>;

/** The first link of a message that leads to a page of this kind. */
export const linkIn = (message: { links: string[] }, kind: 'a' | 'r' | 'u' | 'w'): string => {
  const link = message.links.find((each) => new URL(each).pathname.startsWith(`/${kind}/`));
  if (!link) throw new Error(`no /${kind}/ link in ${message.links.join(' ')}`);
  return link;
};
