import { z } from 'zod';
import { regionalTimeSchema } from '../regional-time';

/** What the app is, and what it finds around it. */
export const appSliceSchema = z.object({
  appVersion: z.string(),
  runtime: z.string(),
  locale: z.enum(['ru', 'en']),
  /** How the system writes dates and times, which is no matter of the language. */
  time: regionalTimeSchema,
  /** Whether the desktop shows the app's icon now; a panel may come and go. */
  trayAvailable: z.boolean(),
  /** The task that a link asked for and no window has opened yet. */
  linkedTask: z.string().nullable(),
});
