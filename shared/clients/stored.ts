import { map } from 'dynamodb-toolbox/schema/map';
import { string } from 'dynamodb-toolbox/schema/string';
import { channels, languages } from '../platform/fields.ts';

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
