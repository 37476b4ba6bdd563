import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, familyOf, isRetryable, lasts } from './error-codes';
import { AppError, fromErrorReport, isOfFamily, toErrorReport } from './errors';
import { errorReportSchema } from './ipc/error-report';

describe('the table of error codes', () => {
  it('has no code that nothing throws', () => {
    const sources = ['src-main', 'src-shared', 'src-renderer'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
    );
    const text = sources
      .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|error-codes\.ts$/.test(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const dead = Object.keys(ERROR_CODES).filter((code) => !text.includes(`'${code}'`));
    expect(dead).toEqual([]);
  });

  it('takes a code that only another version knows for an unexpected error', () => {
    const foreign = 'of_tomorrow' as ErrorCode; // as it comes out of a journal that a newer version wrote
    expect([familyOf(foreign), lasts(foreign), isRetryable(foreign)]).toEqual(['app', false, false]);
    const inherited = 'toString' as ErrorCode; // likewise
    expect(familyOf(inherited)).toBe('app');
  });
});

describe('an error', () => {
  it('is retryable as its code says, unless it says so itself, on either side of a process boundary', () => {
    expect(new AppError('node_timeout', '').retryable).toBe(true);
    expect(new AppError('node_refused', '').retryable).toBe(false);
    const busy = new AppError('node_refused', '', { retryable: true });
    expect(fromErrorReport(toErrorReport(busy)).retryable).toBe(true);
  });

  it('is of its code’s family alone, and a foreign one of none', () => {
    expect(isOfFamily(new AppError('vault_corrupt', ''), 'keychain', 'vault')).toBe(true);
    expect(isOfFamily(new AppError('vault_corrupt', ''), 'node')).toBe(false);
    expect(isOfFamily(new Error('vault'), 'vault')).toBe(false);
  });

  it('is told with 4000 characters of what others said, whoever they are', () => {
    const endless = 'x'.repeat(5000);
    const report = toErrorReport(
      new AppError('keychain_failed', endless, { params: { detail: endless, n: 7 } }),
    );
    expect([report.message.length, report.params]).toEqual([4000, { detail: 'x'.repeat(4000), n: 7 }]);
    expect(toErrorReport(new Error(endless)).message).toHaveLength(4000);
    expect(errorReportSchema.parse(report)).toEqual(report);
  });
});
