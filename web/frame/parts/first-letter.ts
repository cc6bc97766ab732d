const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a reader takes for the first letter: in Bengali and Hindi it may be several characters. */
export const firstLetter = (name: string): string => [...graphemes.segment(name)][0]?.segment ?? '';
