import { z } from 'zod';

/** What the app is, and what it finds around it. */
export const appSliceSchema = z.object({
  appVersion: z.string(),
  runtime: z.string(),
  locale: z.enum(['ru', 'en']),
  /** Whether the desktop shows the app's icon now; a panel may come and go. */
  trayAvailable: z.boolean(),
});
