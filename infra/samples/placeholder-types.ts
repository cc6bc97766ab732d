/** The makers of what stands in `{{…}}`; each makes its value when a sample first asks for it. */
export type Placeholders = Record<string, () => string | Promise<string>>;
