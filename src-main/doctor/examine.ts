import type { FindingCode } from '../../src-shared/doctor/findings';
import type { DoctorCheck, Finding, Verdict } from '../../src-shared/doctor/report';
import { toErrorReport } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';

/** What a look found. */
export type Found = {
  readonly verdict: Verdict;
  readonly code: FindingCode;
  readonly params?: Readonly<Record<string, string | number>>;
};

/** One look at one thing; what it throws is what is wrong with it. */
export type Look = (signal: AbortSignal) => Found | Promise<Found>;

/** Long enough for a slow node, and for a known task that waits for the one in hand. */
const LIMIT_MS = 15_000;

/**
 * Looks at everything at the same time, each within its own time: what does not answer holds up nothing else.
 * @param limits ms for those that take another time
 */
export function examine(
  looks: readonly (readonly [DoctorCheck, Look])[],
  clock: Clock,
  signal: AbortSignal,
  limits: Readonly<Partial<Record<DoctorCheck, number>>> = {},
): Promise<Finding[]> {
  return Promise.all(
    looks.map(([check, look]) => finding(check, look, clock, signal, limits[check] ?? LIMIT_MS)),
  );
}

async function finding(
  check: DoctorCheck,
  look: Look,
  clock: Clock,
  signal: AbortSignal,
  limitMs: number,
): Promise<Finding> {
  const began = clock.monotonic();
  const told = (verdict: Verdict, rest: Partial<Finding>): Finding => ({
    check,
    verdict,
    code: null,
    params: {},
    error: null,
    ...rest,
    tookMs: Math.round(clock.monotonic() - began),
  });
  const late = new AbortController();
  let callOff: () => void = () => undefined;
  const tooLate = new Promise<Finding>((resolve) => {
    callOff = clock.after(limitMs, () => {
      late.abort();
      resolve(told('failed', { code: 'no_answer', params: { seconds: limitMs / 1000 } }));
    });
  });
  const looked = async (): Promise<Finding> => {
    try {
      const { verdict, code, params = {} } = await look(AbortSignal.any([signal, late.signal]));
      return told(verdict, { code, params });
    } catch (error) {
      return told('failed', { error: toErrorReport(error) });
    }
  };
  try {
    return await Promise.race([looked(), tooLate]);
  } finally {
    callOff();
  }
}
