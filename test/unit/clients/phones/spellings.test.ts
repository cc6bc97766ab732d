import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { normalisePhone } from '../../../../shared/clients/phone.ts';

/** Country, the number that is meant (null: none), and by each spelling what Google's library reads; `?`: unassignable. */
type Row = [country: string, number: string | null, spellings: Record<string, string | null>];
const rows = JSON.parse(readFileSync(new URL('spellings.json', import.meta.url), 'utf8')) as Row[];

const read = (text: string, country: string): string | null => {
  try {
    return normalisePhone(text, country, 'phone');
  } catch {
    return null;
  }
};

/** Why we read some spellings otherwise than Google's library, and what it makes of them. */
const reasons: Record<string, RegExp> = {
  'a 0 after the country code is for dialling at home': /^\+\d{1,3}\s?\(?0/,
  '00 is a plus, also where another prefix is dialled': /^00/,
  'text from right to left ends with its plus': /\+$/,
};

it('reads what Google’s library reads in thousands of spellings, and says why where not', () => {
  const counts: Record<string, number> = {};
  const silent: string[] = [];
  for (const [country, meant, spellings] of rows)
    for (const [text, google] of Object.entries(spellings)) {
      const ours = read(text, country);
      const reason =
        ours === (google?.replace('?', '') ?? null)
          ? 'as Google'
          : ours === null && google?.endsWith('?')
            ? 'the plan of its country holds no such number'
            : ours === meant && Object.keys(reasons).find((name) => reasons[name]?.test(text));
      if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
      else silent.push(`${country} ${JSON.stringify(text)}: Google ${google}, we ${ours}, meant ${meant}`);
    }
  expect(silent).toEqual([]);
  expect(counts).toMatchInlineSnapshot(`
    {
      "00 is a plus, also where another prefix is dialled": 60,
      "a 0 after the country code is for dialling at home": 94,
      "as Google": 3787,
      "text from right to left ends with its plus": 4,
      "the plan of its country holds no such number": 342,
    }
  `);
});
