import { map } from 'dynamodb-toolbox/schema/map';
import { string } from 'dynamodb-toolbox/schema/string';
import { type Channel, channels, type Language, languages } from '../platform/fields.ts';

/** Fields that a client and the contact of a booking have alike. */
export interface ContactFields {
  firstName: string;
  lastName?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  language: Language;
  preferredChannel?: Channel | undefined;
}

/** `ContactFields` as the table holds them. */
export const contactFields = () => ({
  firstName: string(),
  lastName: string().optional(),
  phone: string().optional(),
  email: string().optional(),
  language: string().enum(...languages),
  preferredChannel: string()
    .enum(...channels)
    .optional(),
});

/** The contact of a booking; stays as it was, whatever the client is called later. */
export const contact = () =>
  map({
    ...contactFields(),
    /** The client's own, where the form told it: quiet hours are by it. */
    zone: string().optional(),
  });
