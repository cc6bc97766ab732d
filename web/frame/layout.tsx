import type { ComponentChildren } from 'preact';
import type { Business } from '../api.ts';
import { type Access, styleSheets } from '../style/sheet.ts';
import { entryForm, type Here } from './address.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { firstLetter } from './parts/first-letter.ts';
import { Notices } from './parts/notices.tsx';
import { useVisitor } from './visitor.ts';

interface Props {
  title: string;
  description?: string | undefined;
  business?: Business | undefined;
  access: Access;
  indexed: boolean;
  here: Here;
  children: ComponentChildren;
}

/** A petal in the accent colour: the only picture, and no request for it. */
const icon =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="16" fill="#8a3d50"/><path d="M16 7c5 4 7 8 0 18c-7-10-5-14 0-18z" fill="#fbf6f1"/></svg>',
  );

/** The frame of every page. */
export const Layout = ({ title, description, business, access, indexed, here, children }: Props) => {
  const { language, words } = useVisitor();
  return (
    <html lang={language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{business ? `${title} · ${business.name}` : title}</title>
        {description && <meta name="description" content={description} />}
        {!indexed && <meta name="robots" content="noindex, nofollow" />}
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbf6f1" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#1a1416" media="(prefers-color-scheme: dark)" />
        {/* Phone numbers are links where they should be; dates and prices are no numbers to call. */}
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <link rel="icon" href={icon} />
        <style dangerouslySetInnerHTML={{ __html: styleSheets[access] }} />
      </head>
      <body>
        {/* Enter in a field presses the first button of its form, wherever that stands: not the language's. */}
        {here.hasEntry && <button type="submit" form={entryForm} class="aside" tabIndex={-1} aria-hidden="true" />}
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <header class="top">
          {business && (
            <a class="brand" href="/book">
              <span class="monogram" aria-hidden="true">
                {firstLetter(business.name)}
              </span>
              <bdi>{business.name}</bdi>
            </a>
          )}
          <LanguageSwitch here={here} />
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        {business && <Notices business={business} />}
      </body>
    </html>
  );
};
