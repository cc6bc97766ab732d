import { describe, expect, it } from 'vitest';
import { createFind } from '../../../shared/clients/lookup/find.ts';
import { fold } from '../../../shared/clients/lookup/fold.ts';

describe('a name, folded', () => {
  it.each([
    ['ANNA', 'anna'],
    ['  Mary   Ann ', 'mary ann'],
    ['José', 'jose'],
    ['Ångström', 'angstrom'],
    ['Алёна', 'алена'],
    ['Straße', 'strasse'],
    ['Łukasz Sørensen Đặng', 'lukasz sorensen dang'],
    ['ﬁona', 'fiona'],
    ['Ａｎｎａ', 'anna'],
  ])('%j is %j', (name, folded) => expect(fold(name)).toBe(folded));

  it.each(['নাদিয়া', 'रहमान', 'काकी', 'কাকি'])('keeps the vowels of %s, which are marks', (name) => {
    expect(fold(name)).toBe(name.normalize('NFKC'));
  });
});

const card = (id: string, firstName: string) => ({ id, firstName, language: 'en' as const, createdAt: 0 });
const cards = [card('mother', 'Nadia'), card('anna', 'Anna'), card('anna-2', 'ANNA'), card('tom', 'Tom')];

describe('whose phone or e-mail it is', () => {
  const rows: Record<string, [string, ...string[]]> = {
    '+1': ['mother', 'anna', 'tom'],
    '+2': ['mother', 'anna', 'anna-2'],
    'tom@x': ['tom'],
    'family@x': ['anna', 'mother'],
    'somebody@x': ['somebody'],
  };
  const find = createFind({
    lookUp: async (addresses) =>
      addresses.map((address) => {
        const clientIds = rows[address];
        return clientIds && { address, clientIds, version: 0 };
      }),
    get: async (id) => cards.find((each) => each.id === id),
  });

  it.each<[string, string[], string | undefined, string | undefined]>([
    ['the one of that first name', ['+1'], 'tom', 'tom'],
    ['written otherwise', ['+1'], 'ÁNNA', 'anna'],
    ['the holder, if there are two of that name', ['+2'], 'Anna', 'mother'],
    ['the holder, if there is none', ['+1'], 'Boris', 'mother'],
    ['the holder, if no name is told', ['+1'], undefined, 'mother'],
    ['the one who has the e-mail too, if the name does not tell', ['+1', 'tom@x'], 'Thomas', 'tom'],
    ['the holder, if the e-mail is shared as well', ['+1', 'family@x'], 'Thomas', 'mother'],
    ['one of the phone before somebody else of the e-mail', ['+1', 'somebody@x'], 'Boris', 'mother'],
    ['by e-mail, where the phone is nobody’s', ['+9', 'tom@x'], 'Anna', 'tom'],
    ['nobody', ['+9'], 'Anna', undefined],
  ])('%s', async (_, addresses, firstName, whose) => expect(await find(addresses, firstName)).toBe(whose));
});
