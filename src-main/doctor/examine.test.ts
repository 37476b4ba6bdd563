import { expect, it } from 'vitest';
import { DOCTOR_CHECKS, type DoctorCheck } from '../../src-shared/doctor/report';
import { AppError } from '../../src-shared/errors';
import { VirtualClock } from '../clock/virtual-clock';
import { examine, type Look } from './examine';

const well: Look = () => ({ verdict: 'ok', code: 'tray_shown' });

/** All looks well, but for these. */
function looks(others: Partial<Record<DoctorCheck, Look>>): [DoctorCheck, Look][] {
  return DOCTOR_CHECKS.map((check) => [check, others[check] ?? well]);
}

it('a look that never answers is told of when its time is over, and holds up no other', async () => {
  const clock = new VirtualClock();
  let given: AbortSignal | null = null;
  const examined = examine(
    looks({
      node: (signal) => {
        given = signal;
        return new Promise(() => undefined);
      },
      disk: () => {
        throw new AppError('disk_full', 'full');
      },
    }),
    clock,
    new AbortController().signal,
    { node: 3000 },
  );
  await clock.advance(2999);
  expect(given).toMatchObject({ aborted: false });
  await clock.advance(1);
  const findings = await examined;
  expect(given).toMatchObject({ aborted: true });
  expect(findings.map(({ check }) => check)).toEqual([...DOCTOR_CHECKS]);
  expect(findings.find(({ check }) => check === 'node')).toMatchObject({
    verdict: 'failed',
    code: 'no_answer',
    params: { seconds: 3 },
    tookMs: 3000,
  });
  expect(findings.find(({ check }) => check === 'disk')).toMatchObject({
    verdict: 'failed',
    code: null,
    error: { code: 'disk_full' },
  });
  expect(findings.filter(({ verdict }) => verdict === 'ok')).toHaveLength(DOCTOR_CHECKS.length - 2);
});
