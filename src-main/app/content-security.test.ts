import { describe, expect, it } from 'vitest';
import { securityHeaders } from './content-security';

describe('the content security policy', () => {
  it.each(['ui', 'compute'] as const)('of %s lets nothing in from elsewhere and nothing out', (role) => {
    const policy = securityHeaders(role)['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toMatch(/'unsafe-eval'|https?:|data:|\*/);
  });

  it('lets WASM compile in compute alone', () => {
    expect(securityHeaders('compute')['content-security-policy']).toContain("'wasm-unsafe-eval'");
    expect(securityHeaders('ui')['content-security-policy']).not.toContain('wasm-unsafe-eval');
  });

  it.each([
    ['ui', "script-src 'self'; worker-src 'none'"],
    ['compute', "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"],
  ] as const)('of %s is exactly this, with every other header', (role, scripts) => {
    expect(securityHeaders(role)).toEqual({
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; ${scripts}`,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
});
