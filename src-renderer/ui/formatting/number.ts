const MILLION = 1_000_000n;

/** A whole number with the locale's grouping. */
export function formatInteger(value: number | bigint, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** Speed in GOPS (10^9 integer operations a second), three significant digits. */
export function formatGops(gops: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(gops);
}

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
}

/**
 * A JS number in the same plural category as `count`, which may be far beyond 2^53. Categories of our languages
 * depend on the last digits and on whether the number is small, so the last six digits above a million decide.
 */
export function pluralCount(count: bigint): number {
  return Number(count > MILLION ? MILLION + (count % MILLION) : count);
}
