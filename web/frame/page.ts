import type { Random } from '../../shared/platform/ids.ts';
import type { Clock } from '../../shared/platform/time/clock.ts';
import type { Api } from '../api.ts';

export interface PageRequest {
  /** Parameters of the path, decoded: `{ token }`. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The body of a POST. */
  form?: URLSearchParams | undefined;
  acceptLanguage?: string | undefined;
  cookie?: string | undefined;
  /** Origin of the pages, without a trailing slash. */
  baseUrl: string;
  sourceIp: string;
}

export interface PageResponse {
  status: number;
  headers: Record<string, string>;
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
