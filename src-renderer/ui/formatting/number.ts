import { numberFormat } from './intl';

const MILLION = 1_000_000n;
const COMPACT_FROM = 1_000n * MILLION;

/** A whole number with the locale's grouping. */
export function formatInteger(value: number | bigint, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** Whole numbers from one to another, both included: `513–2,048`. */
export function formatIntegers(from: number, to: number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).formatRange(from, to);
}

/** A whole number, grouped; from 10^9 on abbreviated, rounded down: `1.24T`. */
export function formatLarge(value: bigint, locale: string): string {
  if (value < COMPACT_FROM) return formatInteger(value, locale);
  return numberFormat(locale, {
    notation: 'compact',
    compactDisplay: 'short',
    maximumSignificantDigits: 3,
    roundingMode: 'floor',
  }).format(value);
}

/** Speed in GOPS (10^9 integer operations a second), three significant digits. */
export function formatGops(gops: number, locale: string): string {
  return numberFormat(locale, { maximumSignificantDigits: 3 }).format(gops);
}

/** Degrees Celsius, whole, with their sign. */
export function formatCelsius(degrees: number, locale: string): string {
  return numberFormat(locale, { style: 'unit', unit: 'celsius', maximumFractionDigits: 0 }).format(degrees);
}

/** Bytes as GiB (2^30 bytes), three significant digits, without the unit. */
export function formatGib(bytes: number, locale: string): string {
  return numberFormat(locale, { maximumSignificantDigits: 3 }).format(bytes / 2 ** 30);
}

/** Bytes as whole megabytes (10^6 bytes), as downloads are told of, with the unit. */
export function formatMegabytes(bytes: number, locale: string): string {
  const megabytes = Math.max(1, bytes / 1e6);
  return numberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }).format(
    megabytes,
  );
}

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number, locale: string): string {
  return numberFormat(locale, { style: 'percent' }).format(share);
}

/**
 * A JS number in the same plural category as `count`, which may be far beyond 2^53. Categories of our languages
 * depend on the last digits and on whether the number is small, so the last six digits above a million decide.
 * What `formatLarge` abbreviates takes the plural of a round number.
 */
export function pluralCount(count: bigint): number {
  if (count >= COMPACT_FROM) return Number(MILLION);
  return Number(count > MILLION ? MILLION + (count % MILLION) : count);
}
