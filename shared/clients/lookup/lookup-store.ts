import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { list } from 'dynamodb-toolbox/schema/list';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity } from '../../platform/table/entity.ts';
import { numberIn, readRow, textIn, textsIn } from '../../platform/table/raw-reads.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { addressKey, addressSpellings } from '../keys.ts';

const keyOf = ({ address }: { address: string }) => ({ pk: `LOOKUP#${address}`, sk: 'CLIENT' });

/** Finds the clients who have a phone (`+44…`) or e-mail, by its key. */
const lookupEntity = defineEntity({
  name: 'ClientLookup',
  attributes: {
    address: string().key(),
    /** Whoever had it first. */
    clientId: string(),
    /** The rest of a family, in the order in which staff put them there. */
    others: list(string()).optional(),
    /** Rises with each of them; absent: nobody shares it. */
    version: number().optional(),
  },
  key: keyOf,
});

/** Clients who share one phone or e-mail at most. */
export const mostSharing = 8;

/** Clients of one address. */
export interface Sharers {
  /** Spelling under which the row lies. */
  address: string;
  /** The holder first. */
  clientIds: readonly [string, ...string[]];
  version: number;
}

export const createLookupStore = (table: RegularsTable) => {
  const entity = lookupEntity(table);
  return {
    /** Clients of each address, in the order of the addresses; `undefined`: nobody's. */
    async find(addresses: readonly string[]): Promise<(Sharers | undefined)[]> {
      const sharersOf = async (address: string): Promise<Sharers | undefined> => {
        const rows = await Promise.all(
          addressSpellings(address).map(async (spelling) => ({
            address: spelling,
            row: await readRow(table, keyOf({ address: spelling }), ['clientId', 'others', 'version']),
          })),
        );
        const found = rows.find(({ row }) => row !== undefined);
        return (
          found && {
            address: found.address,
            clientIds: [textIn(found.row, 'clientId'), ...textsIn(found.row, 'others')],
            version: numberIn(found.row, 'version'),
          }
        );
      };
      return Promise.all(addresses.map(sharersOf));
    },
    /** A part of a transaction: the address is the client's; it fails if it is somebody's already. */
    putNew: (address: string, clientId: string) =>
      entity
        .build(PutTransaction)
        .item({ address: addressKey(address), clientId })
        .options({ condition: { attr: 'clientId', exists: false } }),
    /** A part of a transaction: one more client has the address; it fails if that has changed since it was read. */
    add: ({ address, clientIds: [holder, ...others], version }: Sharers, clientId: string) =>
      entity
        .build(PutTransaction)
        .item({ address, clientId: holder, others: [...others, clientId], version: version + 1 })
        .options({
          condition: version > 0 ? { attr: 'version', eq: version } : { attr: 'version', exists: false },
        }),
  };
};
