export const scores = [1, 2, 3, 4, 5] as const;
type Score = (typeof scores)[number];

export const isScore = (value: number): value is Score => scores.some((score) => score === value);

export const scoreField = (staffId: string): string => `score-${staffId}`;
