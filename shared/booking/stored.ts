import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { channels, languages } from '../platform/fields.ts';

/** What is taken of diaries, buffers included, so that giving back gives back just that. Milliseconds since 1970. */
export const occupies = () =>
  list(
    map({
      ownerId: string(),
      group: string(),
      zone: string(),
      from: number(),
      until: number(),
      lesson: string().optional(),
    }),
  );

/** How the client was reached when it was asked for; stays as it was, whatever the client is called later. */
export const contact = () =>
  map({
    firstName: string(),
    lastName: string().optional(),
    phone: string().optional(),
    email: string().optional(),
    language: string().enum(...languages),
    preferredChannel: string()
      .enum(...channels)
      .optional(),
    /** The client's own, where the form told it: quiet hours are by it. */
    zone: string().optional(),
  });
