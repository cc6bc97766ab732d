const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as a reader sees it: in Bengali and Hindi it may be several characters. */
export const firstLetter = (name: string): string => [...graphemes.segment(name)][0]?.segment ?? '';
