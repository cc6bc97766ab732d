import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from './aws-error.ts';

export interface AwsRequest {
  method: string;
  /** Below the service's own prefix. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  requestId: string;
}

export interface AwsAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** One AWS service as its SDK client sees it. */
export interface AwsService {
  /** The operation that a request asks for. */
  action(request: AwsRequest): string;
  handle(action: string, request: AwsRequest): Promise<AwsAnswer> | AwsAnswer;
  /** An error in the protocol's form. */
  fault(error: AwsError, request: AwsRequest): AwsAnswer;
}
