import type { Actor, Audit } from '../../audit/audit.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { normaliseEmail } from '../../clients/contact.ts';
import { addressHash } from '../../clients/keys.ts';
import type { Channel } from '../../platform/fields.ts';
import { Problem, unprocessable } from '../../platform/http/problems.ts';
import type { Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { isoUtc } from '../../platform/time/time.ts';
import type { MessageStore } from '../message.ts';
import { providerUnavailable } from '../problems.ts';
import { isListedByProvider, isSuppressed } from '../send/addresses.ts';
import { type ResumeReason, resumeReasonsFor } from './rules.ts';

interface Named {
  channel: Channel;
  address: string;
}

export interface AddressDeskDeps {
  table: RegularsTable;
  store: Pick<MessageStore, 'statusOf' | 'stopping' | 'resuming'>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  audit: Pick<Audit, 'writes'>;
  /** The provider's own list of addresses that it no longer writes to. */
  suppressions: { remove(address: string): Promise<void> };
  now: Clock;
  random: Random;
}

/** Acts of staff on an address, whichever client's it is. */
export const createAddressDesk = (deps: AddressDeskDeps) => {
  const { table, store, catalogue, audit, suppressions, now, random } = deps;

  /** As it is compared. Throws unprocessable for a phone that can't be. */
  const normalised = async ({ channel, address }: Named): Promise<string> => {
    if (channel === 'email') return normaliseEmail(address);
    const [{ settings }, { normalisePhone }] = await Promise.all([
      catalogue.recent(),
      import('../../clients/phone.ts'),
    ]);
    return normalisePhone(address, settings.country, 'address');
  };

  const view = async (channel: Channel, address: string) => {
    const { suppression, refusedAt } = await store.statusOf(address);
    return {
      channel,
      address,
      ...(suppression && !suppression.lifted
        ? { stopped: { reason: suppression.reason, at: isoUtc(suppression.at) } }
        : {}),
      ...(refusedAt === undefined ? {} : { advertisingRefusedAt: isoUtc(refusedAt) }),
    };
  };

  const record = (by: Actor, action: string, { channel, address }: Named, details: Record<string, string>) =>
    audit.writes(by, {
      at: now(),
      action,
      subject: `address/${addressHash(address)}`,
      details: { channel, ...details },
    });

  const takeOffList = async (address: string): Promise<void> => {
    try {
      await suppressions.remove(address);
    } catch {
      throw new Problem(providerUnavailable);
    }
  };

  return {
    /** Tells what is known of the address. */
    look: async (named: Named) => view(named.channel, await normalised(named)),

    /** Nothing goes to the address any more, and no advertising when it is resumed. Twice is the same as once. */
    async stop(by: Actor, { reason, ...named }: Named & { reason: string }) {
      const { channel } = named;
      const address = await normalised(named);
      await retry(random, async () => {
        if (isSuppressed(await store.statusOf(address))) return true;
        const { committed } = await transact(table, [
          ...store.stopping(address, { reason: 'staff', how: 'staff', at: now() }),
          ...record(by, 'address.stopped', { channel, address }, { reason }),
        ]);
        return committed || undefined;
      });
      return view(channel, address);
    },

    /**
     * Messages about appointments go again. The provider's list comes first: where that fails nothing has changed, and
     * where all else fails the address is still stopped here. Throws unprocessable for a reason that does not lift
     * what was stopped for another one, and provider_unavailable.
     */
    async resume(by: Actor, { reason, ...named }: Named & { reason: ResumeReason }) {
      const { channel } = named;
      const address = await normalised(named);
      await retry(random, async () => {
        const { suppression } = await store.statusOf(address);
        if (!suppression) return true;
        const allowed = resumeReasonsFor(suppression.reason);
        if (!allowed.includes(reason))
          throw unprocessable('reason', `does not lift what was stopped as ${suppression.reason}`, [...allowed]);
        if (channel === 'email' && isListedByProvider(suppression.reason)) await takeOffList(address);
        if (suppression.lifted) return true;
        const { committed } = await transact(table, [
          ...(await store.resuming(address, 'staff', now())),
          ...record(by, 'address.resumed', { channel, address }, { reason, stopped: suppression.reason }),
        ]);
        return committed || undefined;
      });
      return view(channel, address);
    },
  };
};
