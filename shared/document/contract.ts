import { route } from '../platform/http/contract.ts';

const getDocument = route({
  id: 'getDocument',
  method: 'GET',
  path: '/v1/openapi.json',
  tag: 'document',
  caller: 'public',
  summary: 'This document: OpenAPI 3.1, made from the contracts',
  status: 200,
  contentType: 'application/json',
  errors: [],
});

export const documentRoutes = [getDocument] as const;
