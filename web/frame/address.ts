/** Names and values in order; a name may repeat. */
export type Params = readonly (readonly [name: string, value: string])[];

/** Address of a page by GET. */
export interface Here {
  path: string;
  params?: Params;
  /** The page holds the form `entryForm`; the switch sends it, so that nothing typed is lost. */
  hasEntry?: boolean;
}

/** Id of the form into which visitors type who they are. */
export const entryForm = 'entry';

export const href = (path: string, params: Params = []): string => {
  const query = new URLSearchParams(params.map(([name, value]) => [name, value])).toString();
  return query ? `${path}?${query}` : path;
};

/** Addresses of the pages by link. */
export const linkPath = (kind: 'a' | 'r' | 'u' | 'w', token: string, act?: string): string =>
  `/${kind}/${encodeURIComponent(token)}${act ? `/${act}` : ''}`;
