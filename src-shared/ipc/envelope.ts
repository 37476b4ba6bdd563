import type { ErrorReport } from '../errors';

/** How an answer crosses the process boundary: thrown errors lose their type there, values do not. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorReport };
