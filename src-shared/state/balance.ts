import { z } from 'zod';

/** What the account has. Amounts are decimal strings of units. */
export const balanceSliceSchema = z.object({
  units: z.string().nullable(),
  resultFeeUnits: z.string().nullable(),
  /** How many more results the balance pays for, a decimal string. */
  paysForResults: z.string().nullable(),
});
