import type { Random } from '../../shared/platform/ids.ts';
import type { Clock } from '../../shared/platform/time/clock.ts';
import type { Api } from '../api.ts';

export interface PageRequest {
  /** Parameters of the path, decoded: `{ token }`. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The body of a POST. */
  form?: URLSearchParams | undefined;
  /** The body was larger than any form of ours, and nobody has looked into it. */
  tooLarge?: boolean;
  acceptLanguage?: string | undefined;
  cookie?: string | undefined;
  /** Address of the pages by configuration, without a trailing slash. */
  baseUrl: string;
  sourceIp: string;
}

export interface PageResponse {
  status: number;
  headers: Record<string, string>;
  /** Values of `Set-Cookie`. */
  cookies?: readonly string[];
  body: string;
}

export type Page = (request: PageRequest) => Promise<PageResponse>;

export interface PageDeps {
  /** A client of its own for each request: it carries the visitor's address. */
  clientFor: (request: PageRequest) => Api;
  now: Clock;
  random: Random;
  /** Told of everything that ends in a page of status 500; where it is logged is not the pages' business. */
  onError: (error: unknown) => void;
}
