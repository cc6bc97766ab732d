/** Names and values in order; a name may repeat. */
export type Params = readonly (readonly [name: string, value: string])[];

/** Address of a page by GET. */
export interface Here {
  path: string;
  params?: Params;
}

export const href = (path: string, params: Params = []): string => {
  const query = new URLSearchParams(params.map(([name, value]) => [name, value])).toString();
  return query ? `${path}?${query}` : path;
};

/** Addresses of the pages by link. */
export const linkPath = (kind: 'a' | 'r' | 'u' | 'w', token: string, act?: string): string =>
  `/${kind}/${encodeURIComponent(token)}${act ? `/${act}` : ''}`;
