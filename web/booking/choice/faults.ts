import type { ProblemBody } from '../../../shared/platform/http/contract.ts';
import type { FieldFault } from '../../frame/parts/field-fault.ts';
import type { Words } from '../../i18n/index.ts';
import type { Entry } from './entry.ts';

const fieldOf: Record<string, string> = {
  'client.firstName': 'firstName',
  'client.lastName': 'lastName',
  'client.phone': 'phone',
  'client.email': 'email',
  'client.preferredChannel': 'channel',
  notes: 'notes',
  from: 'from',
  to: 'to',
};

/** The longest that the API takes, for the fields that are only ever too long. */
const longest: Record<string, number> = { firstName: 60, lastName: 60, notes: 500 };

type Faults = Words['faults'];

/** Says what is wrong with a text: it is too long, or a name holds a number to call. */
const textFault = (field: string, value: string): ((faults: Faults, label: string) => string) => {
  if (value.length > (longest[field] ?? Number.POSITIVE_INFINITY)) return ({ tooLong }, label) => tooLong(label);
  const isName = field === 'firstName' || field === 'lastName';
  return ({ number, field }, label) => (isName && /\p{Nd}/u.test(value) ? number(label) : field(label));
};

/** Whether the days for which somebody waits are the wrong way round. */
const areReversed = (entry: Entry & { from?: string; to?: string }): boolean =>
  Boolean(entry.from && entry.to && entry.to < entry.from);

const wordsFor = (field: string, entry: Entry, words: Words): string => {
  const { faults, fields, waiting } = words;
  if (field === 'to' && areReversed(entry)) return faults.daysReversed;
  if (field === 'from' || field === 'to') return faults.field(waiting[field]);
  const value = entry[field as 'firstName' | 'lastName' | 'notes'] ?? '';
  const label = fields[field as 'firstName' | 'lastName' | 'notes'];
  switch (field) {
    case 'phone':
      if (entry.phone.trim()) return faults.phone;
      return entry.email ? faults.field(fields.phone) : faults.reachMissing;
    case 'email':
      return entry.email.trim() ? faults.email : faults.emailNeeded;
    case 'channel':
      return faults.channelMissing;
    case 'firstName':
      if (!value.trim()) return faults.firstNameMissing;
      break;
  }
  return textFault(field, value)(faults, label);
};

/** The order in which the fields stand. */
const order = ['from', 'to', 'firstName', 'lastName', 'phone', 'email', 'channel', 'notes'];

/** The API's faults in the visitor's words, one for each field, in the order of the form. */
export const fieldFaults = (problem: ProblemBody, entry: Entry, words: Words): FieldFault[] => {
  const faulty = new Set((problem.errors ?? []).map((fault) => fieldOf[fault.path]));
  return order.filter((field) => faulty.has(field)).map((field) => ({ field, text: wordsFor(field, entry, words) }));
};

/** The API's own words about anything else that was sent: there are no others. */
export const otherFaults = (problem: ProblemBody): string[] =>
  (problem.errors ?? []).filter((fault) => !fieldOf[fault.path]).map((fault) => fault.message);
