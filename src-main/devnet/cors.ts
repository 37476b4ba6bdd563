import type { IncomingHttpHeaders } from 'node:http';

/** Starlette's CORS middleware as the node sets it up: any origin, with credentials. */
export function corsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const { origin, cookie } = headers;
  if (origin === undefined) return {};
  const credentials = { 'Access-Control-Allow-Credentials': 'true' };
  // A star is not enough for a browser that sends cookies.
  if (cookie === undefined) return { 'Access-Control-Allow-Origin': '*', ...credentials };
  return { 'Access-Control-Allow-Origin': origin, ...credentials, Vary: 'Origin' };
}

/** The answer to a preflight, or null where the request is none. */
export function preflightHeaders(
  method: string | undefined,
  headers: IncomingHttpHeaders,
): Record<string, string> | null {
  const { origin } = headers;
  if (method !== 'OPTIONS' || origin === undefined) return null;
  if (headers['access-control-request-method'] === undefined) return null;
  const requested = headers['access-control-request-headers'];
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    'Access-Control-Max-Age': '600',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Origin': origin,
    ...(requested === undefined ? {} : { 'Access-Control-Allow-Headers': requested }),
  };
}
