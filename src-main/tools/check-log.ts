/** Counts checks, and keeps a line for each that failed. */
export class CheckLog {
  passed = 0;
  failed = 0;
  readonly lines: string[] = [];

  /** A check that two values are the same. */
  same(where: string, actual: unknown, expected: unknown): void {
    if (JSON.stringify(actual) === JSON.stringify(expected)) this.passed += 1;
    else this.fail(where, `expected ${shown(expected)}, got ${shown(actual)}`);
  }

  fail(where: string, why: string): void {
    this.failed += 1;
    this.lines.push(`FAILED ${where}: ${why}`);
  }

  /** Runs the checks of one case; what it throws is one failed check, and the next case goes on. */
  guard(where: string, checks: () => void): void {
    try {
      checks();
    } catch (error) {
      this.fail(where, error instanceof Error ? error.message : String(error));
    }
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
