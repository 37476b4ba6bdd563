import type { Role } from '../../src-shared/ipc/contract';

const COMMON = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

const SCRIPTS: Record<Role, readonly string[]> = {
  ui: ["script-src 'self'", "worker-src 'none'"],
  compute: ["script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'"],
};

/**
 * The headers every page and asset of a role is served with. The isolation pair (COOP, COEP) gives the compute
 * page SharedArrayBuffer.
 */
export function securityHeaders(role: Role): Record<string, string> {
  return {
    'content-security-policy': [...COMMON, ...SCRIPTS[role]].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}
