/** The text of a sheet with all that it imports, as `infra/bundled/style-sheets.ts` makes it. */
declare module '*.css' {
  const sheet: string;
  export default sheet;
}
