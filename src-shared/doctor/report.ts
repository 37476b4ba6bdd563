import { z } from 'zod';
import { errorReportSchema, paramsSchema } from '../ipc/error-report';
import { FINDINGS, type FindingCode } from './findings';

/** What the doctor looks at, in the order in which it is told. */
export const DOCTOR_CHECKS = [
  'keychain',
  'key',
  'backup',
  'path',
  'node',
  'chain',
  'sync',
  'clock',
  'balance',
  'compute',
  'driver',
  'validator',
  'disk',
  'tray',
  'power',
] as const;
export type DoctorCheck = (typeof DOCTOR_CHECKS)[number];

/** `notice`: works, but is worth a look; `skipped`: there is nothing to look at. */
export const VERDICTS = ['ok', 'notice', 'failed', 'skipped'] as const;
export type Verdict = (typeof VERDICTS)[number];

const FINDING_CODES = Object.keys(FINDINGS) as FindingCode[]; // its own keys

/** What one look found: a sentence, or an error. Amounts are in units, spans in s. */
export const findingSchema = z.object({
  check: z.enum(DOCTOR_CHECKS),
  verdict: z.enum(VERDICTS),
  /** Null where `error` tells. */
  code: z.enum(FINDING_CODES).nullable(),
  params: paramsSchema,
  error: errorReportSchema.nullable(),
  tookMs: z.number(),
});
export type Finding = z.infer<typeof findingSchema>;

export const doctorReportSchema = z.object({
  atMs: z.number(),
  findings: z.array(findingSchema).max(DOCTOR_CHECKS.length),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;
