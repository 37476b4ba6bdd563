import { z } from 'zod';

/** What does not change while the app runs, and the language it speaks. */
export const appSliceSchema = z.object({
  appVersion: z.string(),
  runtime: z.string(),
  locale: z.enum(['ru', 'en']),
  trayAvailable: z.boolean(),
});
