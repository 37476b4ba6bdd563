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
});
