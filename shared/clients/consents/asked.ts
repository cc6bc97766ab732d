import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { DeleteTransaction } from 'dynamodb-toolbox/entity/actions/transactDelete';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { type Channel, channels } from '../../platform/fields.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Instant } from '../../platform/time/time.ts';
import { addressHash, clientPartition } from '../keys.ts';
import type { ConsentWords } from './words.ts';

/**
 * A box that somebody ticked on a form that anybody can fill. It gives nothing, and takes no refusal away, until whoever
 * reads what is sent to the address says yes there.
 */
const askedEntity = defineEntity({
  name: 'ConsentAsked',
  attributes: {
    clientId: string().key(),
    channel: string()
      .enum(...channels)
      .key(),
    addressHash: string().key(),
    at: number(),
    how: string(),
    words: string(),
    wordsId: string(),
    wordsVersion: number(),
  },
  key: (key) => ({ pk: clientPartition(key.clientId), sk: `ASKED#${key.channel}#${key.addressHash}` }),
});

interface Box {
  clientId: string;
  channel: Channel;
  address: string;
}

export interface Asked extends Box, ConsentWords {
  at: Instant;
  how: string;
}

const keyOf = ({ clientId, channel, address }: Box) => ({ clientId, channel, addressHash: addressHash(address) });

export const createAsked = (table: RegularsTable) => {
  const entity = askedEntity(table);
  return {
    async askedOf(box: Box): Promise<ConsentWords | undefined> {
      return (await entity.build(GetItemCommand).key(keyOf(box)).options({ consistent: true }).send()).Item;
    },
    /** A part of a transaction. */
    ask: ({ address, ...asked }: Asked) =>
      entity.build(PutTransaction).item({ ...asked, addressHash: addressHash(address) }),
    /** A part of a transaction: it has been answered; it fails where somebody was faster. */
    answered: (box: Box) =>
      entity
        .build(DeleteTransaction)
        .key(keyOf(box))
        .options({ condition: { attr: 'at', exists: true } }),
  };
};
