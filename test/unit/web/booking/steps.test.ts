import { describe, expect, it } from 'vitest';
import { readChoice } from '../../../../web/booking/choice/choice.ts';
import { chosenPeople, namesOf, planBooking, stepBefore } from '../../../../web/booking/choice/plan.ts';
import { offer, people, places, services } from '../../../support/web/salon.ts';

const plan = (query: string, given = offer) => {
  const params = new URLSearchParams(query);
  return planBooking(given, readChoice(params), params.get('step'));
};

describe('the next step', () => {
  it('is the first unanswered one', () => {
    expect(plan('').step).toBe('services');
    expect(plan('service=cut').step).toBe('location');
    expect(plan('service=cut&location=soho').step).toBe('staff');
    expect(plan('service=cut&location=soho&staff=anyone').step).toBe('time');
    expect(plan('service=cut&location=soho&staff=mira&startsAt=2026-11-26T10:00:00%2B00:00').step).toBe('details');
  });

  it('leaves out the place where only one offers all, and the person where only one can', () => {
    expect(plan('service=cut&service=colour')).toMatchObject({ step: 'staff', choice: { location: 'soho' } });
    expect(plan('service=cut&location=mayfair')).toMatchObject({ step: 'time', choice: { staff: ['anyone'] } });
    expect(plan('service=beard').steps).toEqual(['services', 'time', 'details']);
    expect(chosenPeople(plan('service=beard')).map((person) => person?.name)).toEqual(['Tom']);
  });

  it('can be an earlier one, never a later one than what is answered', () => {
    expect(plan('service=cut&location=soho&staff=mira&step=location').step).toBe('location');
    expect(plan('service=cut&step=details').step).toBe('location');
    expect(stepBefore(plan('service=cut&location=soho'))).toBe('location');
    expect(stepBefore(plan(''))).toBeUndefined();
  });

  it('expects what a small salon does not ask', () => {
    const small = { services: services.slice(2), places: places.slice(1), people: people.slice(2) };
    expect(plan('', small).steps).toEqual(['services', 'time', 'details']);
  });
});

describe('what can not be', () => {
  it('is dropped: unknown ids, wrong people, impossible times', () => {
    expect(plan('service=nothing&service=cut&location=moon').choice).toMatchObject({ services: ['cut'] });
    expect(plan('service=cut&location=soho&staff=ana').step).toBe('staff');
    expect(plan('service=cut&location=soho&staff=mira&startsAt=2026-02-30T10:00:00Z').step).toBe('time');
    expect(plan('service=cut&location=soho&staff=mira&startsAt=soon').step).toBe('time');
    expect(plan('service=cut&location=soho&staff=mira&staff=tom').step).toBe('staff');
  });

  it('is said: a group class with anything else', () => {
    const withClass = {
      ...offer,
      services: services.map((each) => (each.id === 'colour' ? { ...each, seats: 8 } : each)),
    };
    expect(plan('service=cut&service=colour', withClass)).toMatchObject({ step: 'services', conflict: 'class-alone' });
    expect(plan('service=colour', withClass).conflict).toBeUndefined();
  });

  it('is said: services that no place does together, or too many', () => {
    expect(plan('service=colour&service=beard')).toMatchObject({ step: 'services', conflict: 'no-place' });
    expect(plan('service=colour&service=beard').services).toHaveLength(2);
    const many = Array.from(
      { length: 9 },
      (_, index) => ({ ...offer.services[0], id: `s${index}` }) as (typeof services)[0],
    );
    const query = many.map(({ id }) => `service=${id}`).join('&');
    expect(plan(query, { ...offer, services: many })).toMatchObject({ step: 'services', conflict: 'too-many' });
  });
});

describe('names', () => {
  it('say anyone once where it is left open, and who it is where only one can', () => {
    const named = (query: string) => namesOf(plan(query), 'Anyone');
    expect(named('service=cut&service=colour&location=soho&staff=anyone')).toEqual(['Anyone']);
    expect(named('service=beard')).toEqual(['Tom']);
    expect(named('service=cut&service=colour&staff=tom&staff=anyone')).toEqual(['Tom', 'Anyone']);
  });
});

describe('people', () => {
  it('may differ by service', () => {
    const chosen = plan('service=cut&service=colour&staff=tom&staff=ana');
    expect(chosen.choice.staff).toEqual(['tom', 'ana']);
    expect(chosen.step).toBe('time');
    expect(plan('service=cut&service=colour&staff=mira&staff=mira').choice.staff).toEqual(['mira']);
  });

  it('for the whole visit are those who do all of it', () => {
    expect(plan('service=cut&service=colour').people.map(({ id }) => id)).toEqual(['mira']);
    expect(plan('service=cut&service=colour&staff=ana').step).toBe('staff');
  });
});
