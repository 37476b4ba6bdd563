import { plainNumber } from '../../../src-shared/pasted-text';
import type { Limits } from '../../../src-shared/settings/setting';

/** Each whole number between the limits, both included. */
export function wholeNumbersIn({ least, most }: Limits): number[] {
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

/** The whole number a person typed, or null where it is none within the limits. */
export function parseWholeNumber(typed: string, { least, most }: Limits): number | null {
  const text = plainNumber(typed);
  if (!/^\d{1,6}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
