import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smsText } from '../../../../shared/messages/compose/sms-parts.ts';

describe('what a text costs', () => {
  it.each([
    ['nothing', '', 0, 0],
    ['160 plain letters', 'a'.repeat(160), 160, 1],
    ['161 plain letters', 'a'.repeat(161), 161, 2],
    ['two full parts of 153', 'a'.repeat(306), 306, 2],
    ['one more than two full parts', 'a'.repeat(307), 307, 3],
    ['80 euro signs, two units each', '€'.repeat(80), 160, 1],
    ['81 euro signs', '€'.repeat(81), 162, 2],
    ['accents of GSM-7', 'àéùìòÇØøÅåÄÖÑÜ§¿äöñü', 20, 1],
    ['every extension character', '^{}\\[~]|€', 18, 1],
  ])('%s', (_name, text, units, parts) => {
    expect(smsText(text)).toMatchObject({ text, encoding: 'gsm-7', units, parts });
  });

  it.each([
    ['70 Bengali letters', 'ক'.repeat(70), 70, 1],
    ['71 Bengali letters', 'ক'.repeat(71), 71, 2],
    ['two full parts of 67', 'ক'.repeat(134), 134, 2],
    ['one more than two full parts', 'ক'.repeat(135), 135, 3],
    ['35 emoji, two units each', '😀'.repeat(35), 70, 1],
    ['36 emoji', '😀'.repeat(36), 72, 2],
    ['a rupee sign among plain letters', `₹${'a'.repeat(69)}`, 70, 1],
    ['the small ç, which GSM-7 lacks', 'ç', 1, 1],
  ])('%s', (_name, text, units, parts) => {
    expect(smsText(text)).toMatchObject({ text, encoding: 'ucs-2', units, parts });
  });

  it('never splits an extension character over two parts', () => {
    // 152 + 2 would cross the border of 153: the euro sign goes whole into the second part, and so on.
    expect(smsText(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toMatchObject({ units: 305, parts: 2 });
    expect(smsText(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ units: 306, parts: 3 });
  });

  it('never splits an emoji over two parts', () => {
    expect(smsText(`${'ক'.repeat(66)}😀${'ক'.repeat(65)}`)).toMatchObject({ units: 133, parts: 2 });
    expect(smsText(`${'ক'.repeat(66)}😀${'ক'.repeat(66)}`)).toMatchObject({ units: 134, parts: 3 });
  });

  it('makes typography plain where that keeps the text cheap', () => {
    expect(smsText('“Anna’s”\u00a0cut – 9:05\u202fPM…')).toEqual({
      text: '"Anna\'s" cut - 9:05 PM...',
      encoding: 'gsm-7',
      units: 25,
      parts: 1,
      left: 135,
    });
  });

  it('leaves typography alone where the text is UCS-2 anyway', () => {
    expect(smsText('Запись «Glow» – 9:05\u202fутра').text).toBe('Запись «Glow» – 9:05\u202fутра');
  });

  it('counts composed characters, however they were typed', () => {
    expect(smsText('Cafe\u0301')).toEqual({ text: 'Café', encoding: 'gsm-7', units: 4, parts: 1, left: 156 });
  });

  it('survives half an emoji', () => {
    expect(smsText('a\ud83d')).toMatchObject({ text: 'a\ufffd', encoding: 'ucs-2' });
  });

  it('counts enough parts for any text, and not one too many', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (input) => {
        const { text, encoding, parts, units, left } = smsText(input);
        const [single, each, wasted] = encoding === 'gsm-7' ? [160, 153, 1] : [70, 67, 1];
        expect(smsText(text)).toEqual({ text, encoding, parts, units, left });
        const full = smsText(`${text}${(encoding === 'gsm-7' ? 'a' : 'ক').repeat(left)}`);
        if (units > 0) expect([full.parts, full.left]).toEqual([parts, 0]);
        if (units <= single) expect(parts).toBe(units === 0 ? 0 : 1);
        else {
          expect(parts).toBeGreaterThanOrEqual(Math.ceil(units / each));
          expect(parts).toBeLessThanOrEqual(Math.ceil(units / (each - wasted)));
        }
      }),
    );
  });
});
