/**
 * What a caller of this salon would know: ids, links, times. Requests name a known thing by a mark, `⟦kind#number⟧`,
 * which becomes one of them when the request is sent; so that the same seed makes the same requests.
 */
export interface Known {
  has(kind: string): boolean;
  add(kind: string, ...values: string[]): void;
  all(kind: string): readonly string[];
  /** The text with every mark in it replaced. */
  fill(text: string): string;
  /** Takes up the ids, tokens, cursors and versions of an answer about things of the kind. */
  learn(answer: unknown, kind: string): void;
}

/** `serviceId` and `services` are about a `service`, `categories` about a `category`. */
export const kindOf = (name: string): string =>
  name
    .replace(/Ids?$/, '')
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')
    .toLowerCase();

export const mark = (kind: string, number: number): string => `⟦${kind}#${number}⟧`;

const isId = /^[0-9a-z]{16}$/;
const isToken = /^[0-9a-z]{22}[\w-]{22}$/;
/** Enough to choose from; the newest take the places of the oldest. */
const most = 200;

export const createKnown = (): Known => {
  const pools = new Map<string, string[]>();
  const add = (kind: string, ...values: string[]): void => {
    const pool = pools.get(kind) ?? [];
    pools.set(kind, pool);
    for (const value of values) if (!pool.includes(value)) pool.push(value);
    pool.splice(0, pool.length - most);
  };
  const learn = (answer: unknown, name: string, about: string): void => {
    if (Array.isArray(answer)) for (const each of answer) learn(each, name, about);
    else if (typeof answer === 'object' && answer !== null)
      for (const [key, inner] of Object.entries(answer)) learn(inner, key, key === 'id' ? kindOf(name) : key);
    else if (typeof answer === 'string' && (isId.test(answer) || isToken.test(answer))) {
      add(name === 'id' ? about : kindOf(name), answer);
      add(isToken.test(answer) ? 'token' : 'id', answer);
    } else if (/^(version|revision|cursor|since)$/.test(name)) add(name, String(answer));
  };
  return {
    has: (kind) => (pools.get(kind)?.length ?? 0) > 0,
    add,
    all: (kind) => pools.get(kind) ?? [],
    fill: (text) =>
      text.replace(/⟦([^#⟧]+)#(\d+)⟧/g, (_, kind: string, number: string) => {
        const pool = pools.get(kind) ?? [];
        return pool[Number(number) % pool.length] ?? 'unknown';
      }),
    learn: (answer, kind) => learn(answer, kind, kind),
  };
};
