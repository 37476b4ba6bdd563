import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';

/** What the app knows of newer versions of itself, and what it does about them. */
export const updatesSliceSchema = z.object({
  /** Whether this build names a place to look at. */
  canLook: z.boolean(),
  /** Whether this kind of package replaces itself; else a person fetches the new one. */
  canInstall: z.boolean(),
  /**
   * `finishing`: the task in hand is done first, and what was signed is waited for; `installing`: from there on the app
   * ends and starts anew.
   */
  doing: z.enum(['nothing', 'looking', 'downloading', 'finishing', 'installing']),
  /** The newer version, as its makers signed it; null where none is known. */
  found: z
    .object({
      version: z.string(),
      releasedAtMs: z.number(),
      notes: z.object({ en: z.string(), ru: z.string() }),
      /** Of the file for this machine. */
      bytes: z.number(),
      /** Checked, and ready to be installed. */
      isDownloaded: z.boolean(),
    })
    .nullable(),
  downloadedBytes: z.number(),
  /** When it was last asked for, ms since the epoch; null for never. */
  lookedAtMs: z.number().nullable(),
  /** Until then nothing is installed and nobody is asked, ms since the epoch. */
  postponedUntilMs: z.number().nullable(),
  error: errorReportSchema.nullable(),
});
export type UpdatesSlice = z.infer<typeof updatesSliceSchema>;
