import type { Clock } from '../clock/clock';
import { type Answer, detail } from './answer';
import * as chain from './chain-routes';
import type { DevnetNode } from './node';
import { receipt } from './transaction-routes';
import * as validator from './validator-routes';

/** What a `GET` needs to be answered. */
export type Query = {
  readonly node: DevnetNode;
  readonly parameters: URLSearchParams;
  readonly clock: Clock;
};

type Handler = (query: Query, segment: string) => Answer;

/** `GET` routes; `*` stands for one path segment, given to the handler. */
const ROUTES: readonly (readonly [pattern: string, handler: Handler])[] = [
  ['/', () => chain.root()],
  ['/status', ({ node }) => chain.status(node)],
  ['/block/*', ({ node }, height) => chain.block(node, height)],
  ['/balance/*', ({ node }, address) => chain.balance(node, address)],
  ['/nonce/*', ({ node, parameters }, address) => chain.nonce(node, address, parameters.get('pending'))],
  ['/validators', ({ node }) => validator.validators(node)],
  ['/validators/leaderboard', ({ node }) => validator.leaderboard(node)],
  ['/validators/jailed', ({ node }) => validator.jailed(node)],
  ['/validator/*', ({ node }, address) => validator.validator(node, address)],
  ['/validator/*/performance', ({ node }, address) => validator.performance(node, address)],
  ['/delegator/*/delegations', ({ node }, address) => validator.delegations(node, address)],
  ['/delegator/*/rewards', ({ node }, address) => validator.rewards(node, address)],
  ['/delegator/*/unbonding', ({ node }, address) => validator.unbonding(node, address)],
  ['/tx/*/receipt', ({ node, clock }, txHash) => receipt(node, txHash, clock)],
  ['/metrics', ({ node }) => chain.metrics(node)],
  ['/snapshots', ({ node }) => chain.snapshots(node)],
  ['/snapshots/*', ({ node }, height) => chain.snapshot(node, height)],
];

export const SEND_PATH = '/tx/send';
export const EVENTS_PATH = '/events/stream';

/** What a path answers to. */
export type Match =
  | { readonly kind: 'get'; readonly answer: (query: Query) => Answer }
  | { readonly kind: 'send' }
  | { readonly kind: 'events' }
  | { readonly kind: 'none' };

/** Finds the route of a decoded path. */
export function match(path: string): Match {
  if (path === SEND_PATH) return { kind: 'send' };
  if (path === EVENTS_PATH) return { kind: 'events' };
  for (const [pattern, handler] of ROUTES) {
    const segment = segmentOf(path, pattern);
    if (segment !== undefined) return { kind: 'get', answer: (query) => handler(query, segment) };
  }
  return { kind: 'none' };
}

/** FastAPI's answers where there is no such path or method. */
export const NOT_FOUND = detail(404, 'Not Found');

export function methodNotAllowed(allowed: string): Answer {
  return detail(405, 'Method Not Allowed', { Allow: allowed });
}

/** What stands at the `*` of a pattern; empty where it has none, undefined where it does not match. */
function segmentOf(path: string, pattern: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return path === pattern ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const segment = path.slice(before.length, path.length - after.length);
  return segment === '' || segment.includes('/') ? undefined : segment;
}
