import type { Limits } from '../../../src-shared/settings/setting';

/** Each whole number between the limits, both included. */
export function wholeNumbersIn({ least, most }: Limits): number[] {
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}
