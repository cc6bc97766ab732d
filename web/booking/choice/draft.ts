import { createHash } from 'node:crypto';
import type { Params } from '../../frame/address.ts';
import type { PageRequest } from '../../frame/page.ts';
import { cookieValue, isSecure } from '../../frame/visitor.ts';

/** Fields typed into one form, under a short hash of its token. */
type Draft = readonly [form: string, fields: Params];

/** Browsers take 4 kB for a cookie, with its name and attributes; the longest that a form takes is a little over 3. */
const longest = 3_600;
/** Lifetime of a form, in seconds. */
const lifetime = 7_200;

const nameFor = (request: PageRequest): string => (isSecure(request) ? '__Secure-draft' : 'draft');

const shortHash = (formToken: string): string =>
  createHash('sha256').update(formToken).digest('base64url').slice(0, 12);

const isDraft = (value: unknown): value is Draft =>
  Array.isArray(value) &&
  typeof value[0] === 'string' &&
  Array.isArray(value[1]) &&
  value[1].every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === 'string'));

const draftsIn = (request: PageRequest): Draft[] => {
  try {
    const text = Buffer.from(cookieValue(request.cookie, nameFor(request)) ?? '', 'base64url').toString();
    const drafts: unknown = JSON.parse(text);
    return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
  } catch {
    return [];
  }
};

const written = (drafts: readonly Draft[]): string => Buffer.from(JSON.stringify(drafts)).toString('base64url');

/** The newest, as many as fit: each tab has a form of its own. */
const fitting = (drafts: readonly Draft[]): readonly Draft[] =>
  drafts.length === 0 || written(drafts).length <= longest ? drafts : fitting(drafts.slice(0, -1));

const cookieOf = (request: PageRequest, drafts: readonly Draft[]): string => {
  const kept = fitting(drafts);
  const age = kept.length > 0 ? lifetime : 0;
  // In a frame of another site only a cookie that is partitioned comes back.
  const reach = isSecure(request) ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax';
  return `${nameFor(request)}=${written(kept)}; Path=/book; Max-Age=${age}; HttpOnly; ${reach}`;
};

const others = (request: PageRequest, form: string): Draft[] => draftsIn(request).filter(([each]) => each !== form);

/**
 * Keeps what was typed in the visitor's own browser while they look at another step or come back: in no address, nowhere
 * here, and for the form alone, so that nobody meets it who begins anew on the same device.
 */
export const keepDraft = (request: PageRequest, formToken: string, fields: Params): string => {
  const form = shortHash(formToken);
  const filled = fields.filter(([name, value]) => value !== '' && name !== 'formToken');
  return cookieOf(request, [[form, filled], ...others(request, form)]);
};

/** Forgets what was typed into a form that has been booked with. */
export const forgetDraft = (request: PageRequest, formToken: string): string =>
  cookieOf(request, others(request, shortHash(formToken)));

/** Fields that were typed into the form before; none where nothing is known of it. */
export const draftOf = (request: PageRequest, formToken: string): URLSearchParams => {
  const form = shortHash(formToken);
  const [, fields = []] = draftsIn(request).find(([each]) => each === form) ?? [];
  return new URLSearchParams(fields.map(([name, value]) => [name, value]));
};
