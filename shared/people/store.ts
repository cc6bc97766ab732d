import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { list } from 'dynamodb-toolbox/schema/list';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { inBatches } from '../platform/batch.ts';
import { roles } from '../platform/http/contract.ts';
import { isCommitted } from '../platform/table/conditional.ts';
import { defineEntity } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';

const personEntity = defineEntity({
  name: 'Person',
  attributes: {
    sub: string().key(),
    /** Narrows what a token says; absent: as the token says. */
    role: string()
      .enum(...roles)
      .optional(),
    /** The row of staff that this person is. */
    staffId: string().optional(),
    /** Ids of the locations where the person works; absent: all. */
    locations: list(string()).optional(),
    /** Milliseconds since 1970: tokens issued until then count no more. */
    revokedAt: number().optional(),
    /** Milliseconds since 1970: no token counts since then. */
    disabledAt: number().optional(),
    /** Rises with every write. */
    version: number(),
  },
  key: ({ sub }) => ({ pk: `PERSON#${sub}`, sk: 'PERSON' }),
});

/** Name of a person beside their `sub`, also after they were removed; all in one partition, for one query. */
const nameEntity = defineEntity({
  name: 'StaffName',
  attributes: { sub: string().key(), email: string(), staffId: string().optional() },
  key: ({ sub }) => ({ pk: namesPartition, sk: sub }),
});
const namesPartition = 'STAFF-NAMES';

/** Milliseconds since 1970: sessions that began until then are over, whatever they have renewed since. */
const signedOutEntity = defineEntity({
  name: 'SignedOut',
  attributes: { sub: string().key(), at: number() },
  key: ({ sub }) => ({ pk: `SESSIONS#${sub}`, sk: 'SIGNED-OUT' }),
});

/** Rises whenever an owner ends; two who end each other at the same moment write the same version. */
const ownersEntity = defineEntity({
  name: 'Owners',
  attributes: { id: string().key(), version: number() },
  key: () => ({ pk: 'PEOPLE', sk: 'OWNERS' }),
});
const owners = { id: 'owners' };

export type StaffName = FormattedItem<ReturnType<typeof nameEntity>>;
export type PersonRecord = FormattedItem<ReturnType<typeof personEntity>>;

const readsAtOnce = 16;

export const createPersonStore = (table: RegularsTable) => {
  const entity = personEntity(table);
  const ownersItem = ownersEntity(table);
  const signedOut = signedOutEntity(table);
  const name = nameEntity(table);
  return {
    async get(sub: string, { consistent }: { consistent: boolean }): Promise<PersonRecord | undefined> {
      return (await entity.build(GetItemCommand).key({ sub }).options({ consistent }).send()).Item;
    },
    /** Everybody who was ever invited or has signed in. */
    async names(): Promise<StaffName[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(name)
        .query({ partition: namesPartition })
        .options({ maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
    /** A part of a transaction. */
    putName: (of: StaffName): TransactionWrite => name.build(PutTransaction).item(of),
    /** The row of staff stays as it is. */
    keepName: async (sub: string, email: string): Promise<void> => {
      await name.build(UpdateItemCommand).item({ sub, email }).send();
    },
    /** The moment until which sessions that had begun are over. */
    async signedOutAt(sub: string, { consistent }: { consistent: boolean }): Promise<number | undefined> {
      return (await signedOut.build(GetItemCommand).key({ sub }).options({ consistent }).send()).Item?.at;
    },
    /** Ends the sessions that began until then; a later moment that is held stays. */
    async signOut(sub: string, at: number): Promise<void> {
      const later = signedOut
        .build(PutItemCommand)
        .item({ sub, at })
        .options({
          condition: {
            or: [
              { attr: 'at', exists: false },
              { attr: 'at', lt: at },
            ],
          },
        });
      await isCommitted(later.send());
    },
    /** Those of the people of whom anything is held. */
    async getAll(subs: readonly string[]): Promise<PersonRecord[]> {
      const found = await inBatches(subs, readsAtOnce, (sub) => this.get(sub, { consistent: true }));
      return found.filter((person): person is PersonRecord => person !== undefined);
    },
    async ownersVersion(): Promise<number> {
      return (
        (await ownersItem.build(GetItemCommand).key(owners).options({ consistent: true }).send()).Item?.version ?? 0
      );
    },
    /** A part of a transaction: an owner ends, if none did since `version` was read. */
    countOwnerChange: (version: number): TransactionWrite =>
      ownersItem
        .build(PutTransaction)
        .item({ ...owners, version: version + 1 })
        .options({
          condition: version === 0 ? { attr: 'version', exists: false } : { attr: 'version', eq: version },
        }),
    /** A part of a transaction: the person as they shall be, if nobody changed them since `version` was read; 0: new. */
    put: (person: PersonRecord): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({ ...person, version: person.version + 1 })
        .options({
          condition: person.version === 0 ? { attr: 'sub', exists: false } : { attr: 'version', eq: person.version },
        }),
  };
};
export type PersonStore = ReturnType<typeof createPersonStore>;
