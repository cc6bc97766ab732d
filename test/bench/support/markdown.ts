/** A table as Biome would format it; columns from `numbersFrom` on are numbers. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbersFrom = 1,
): string => {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    column >= numbersFrom ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  const rule = widths.map((width, column) => (column >= numbersFrom ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [line(head.map(cell)), line(rule), ...rows.map((row) => line(row.map(cell)))].join('');
};
