import { anyone } from '../../shared/booking/contract.ts';
import type { Language } from '../../shared/platform/fields.ts';
import type { Args } from '../../shared/platform/http/contract.ts';
import type { joinWaitingList } from '../../shared/waiting-list/contract.ts';
import type { Choice } from '../booking/choice/choice.ts';
import { clientOf, type Entry, emptyEntry, readEntry } from '../booking/choice/entry.ts';
import type { Params } from '../frame/address.ts';

/** By the location's clock; `until` is not in it. */
export const partsOfDay = {
  any: undefined,
  morning: { from: '00:00', until: '12:00' },
  afternoon: { from: '12:00', until: '17:00' },
  evening: { from: '17:00', until: '24:00' },
} as const;
export type PartOfDay = keyof typeof partsOfDay;

/** Wish and person of the visitor, as entered. */
export interface Wish extends Entry {
  from: string;
  to: string;
  part: PartOfDay;
}

export const emptyWish = (formToken: string, from: string): Wish => ({
  ...emptyEntry(formToken),
  from,
  to: from,
  part: 'any',
});

export const readWish = (form: URLSearchParams): Wish => {
  const part = form.get('part') ?? '';
  return {
    ...readEntry(form),
    from: form.get('from') ?? '',
    to: form.get('to') ?? '',
    part: Object.hasOwn(partsOfDay, part) ? (part as PartOfDay) : 'any',
  };
};

/** Fields of the wish as they are in a form, for keeping them. */
export const waitFields = (form: URLSearchParams): Params =>
  (['from', 'to', 'part'] as const).flatMap((name) => {
    const value = form.get(name);
    return value === null ? [] : [[name, value] as const];
  });

export const waitingBody = (choice: Choice, wish: Wish, language: Language): Args<typeof joinWaitingList>['body'] => ({
  locationId: choice.location ?? '',
  services: [...choice.services],
  staff: [...new Set(choice.staff ?? [])].filter((id) => id !== anyone),
  seats: wish.seats,
  from: wish.from,
  to: wish.to,
  timesOfDay: partsOfDay[wish.part],
  client: clientOf(wish, language),
  source: choice.source,
  formToken: wish.formToken,
  website: wish.website,
});
