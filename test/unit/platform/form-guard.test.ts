import { describe, expect, it } from 'vitest';
import { availabilityQuery, bookingInput } from '../../../shared/booking/contract.ts';

const form = {
  locationId: 'here',
  startsAt: '2026-11-24T10:00',
  services: [{ serviceId: 'cut' }],
  client: { firstName: 'Nadia', phone: '+442079460000' },
  formToken: 'x',
};
const withName = (firstName: string) =>
  bookingInput.parse({ ...form, client: { ...form.client, firstName } }).client.firstName;
const faults = (changes: Record<string, unknown>): string[] => {
  const result = bookingInput.safeParse({ ...form, ...changes });
  return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'));
};

describe('the booking form', () => {
  it('stands for anyone, no consent and an empty trap where nothing is said', () => {
    expect(bookingInput.parse(form)).toMatchObject({
      services: [{ serviceId: 'cut', staffId: 'anyone' }],
      consents: [],
      website: '',
    });
  });

  it.each(['নাদিয়া', 'नादिया', 'Надя', 'نادية', '娜迪亚', "O'Brien-Smith", 'Zoë 💅', '<b>Nadia</b>'])(
    'keeps the name %s as it is written',
    (name) => {
      expect(withName(name)).toBe(name);
    },
  );

  it('makes one clean line of a name: no control or direction characters, no line breaks, composed', () => {
    expect(withName('  Na\u0000di\r\na\u202e \u200f ')).toBe('Na di a');
    expect(withName('Zoe\u0308')).toBe('Zo\u00eb');
  });

  it('asks for a name that is not empty, and for a phone or an e-mail', () => {
    expect(faults({ client: { firstName: ' \u0000\n ', phone: '1' } })).toEqual(['client.firstName']);
    expect(faults({ client: { firstName: 'Nadia' } })).toEqual(['client.phone']);
    expect(faults({ client: { firstName: 'Nadia', phone: '  ' } })).toEqual(['client.phone']);
    expect(faults({ client: { firstName: 'Nadia', email: 'nadia@example.com' } })).toEqual([]);
    expect(faults({ client: { firstName: 'Nadia', email: 'nadia@' } })).toEqual(['client.email']);
  });

  it('takes consent to a channel once', () => {
    const tick = { channel: 'email', purpose: 'marketing', words: 'Yes, write to me.' };
    expect(faults({ consents: [tick] })).toEqual([]);
    expect(faults({ consents: [tick, { ...tick, channel: 'sms' }] })).toEqual([]);
    expect(faults({ consents: [tick, tick] })).toEqual(['consents']);
    expect(faults({ consents: [{ channel: 'email', purpose: 'marketing' }] })).toEqual([]);
    expect(faults({ consents: [{ ...tick, words: 1 }] })).toEqual(['consents.0.words']);
  });

  it('asks for at least one service and at most eight', () => {
    const services = (count: number) =>
      faults({ services: Array.from({ length: count }, () => ({ serviceId: 'cut' })) });
    expect([services(0), services(1), services(8), services(9)]).toEqual([['services'], [], [], ['services']]);
  });

  it.each([
    '2026-11-24',
    '10:00',
    '2026-11-24 10:00',
    '2026-11-24T10',
    '24.11.2026 10:00',
    '2026-11-24T10:00[Europe/London]',
    '',
  ])('refuses %j as a time', (startsAt) => {
    expect(faults({ startsAt })).toEqual(['startsAt']);
  });
});

describe('the question for free times', () => {
  const question = { location: 'here', services: 'cut, colour', from: '2028-02-29', to: '2028-03-01' };

  it('reads ids separated by commas', () => {
    expect(availabilityQuery.parse(question).services).toEqual(['cut', 'colour']);
  });

  it.each([
    { from: '2027-02-29' },
    { from: '2026-11-31' },
    { to: '2026-1-1' },
    { to: 'tomorrow' },
    { services: '' },
    { services: 'cut,' },
    { services: 'cut,CUT' },
    { services: Array.from({ length: 9 }, () => 'cut').join(',') },
    { staff: '' },
    { location: '../here' },
  ])('refuses %j', (changes) => {
    const [field] = Object.keys(changes);
    const result = availabilityQuery.safeParse({ ...question, ...changes });
    expect(result.error?.issues[0]?.path[0]).toBe(field);
  });
});
