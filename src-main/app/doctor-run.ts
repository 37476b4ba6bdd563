import type { Finding } from '../../src-shared/doctor/report';
import type { Clock } from '../clock/clock';
import type { Doctor } from '../doctor/doctor';
import { sentenceOf } from '../doctor/report-text';
import type { Miner } from '../open-miner';

// Blocks and adapters are there by then, or something is wrong with them.
const SETTLED_MS = 20_000;

const MARKS = { ok: '✓', notice: '!', failed: '✗', skipped: '–' } as const;

/**
 * The doctor without a window: once node and engine had their time, one line for each look.
 * @returns the exit code: 1 where anything failed
 */
export async function runDoctor(
  doctor: Doctor,
  miner: Pick<Miner, 'changes' | 'node' | 'compute'>,
  clock: Clock,
  write: (line: string) => void,
  json: boolean,
): Promise<0 | 1> {
  await settled(miner, clock);
  const { findings } = await doctor.examine(new AbortController().signal);
  for (const finding of findings)
    write(json ? JSON.stringify({ event: 'finding', ...finding }) : lineOf(finding));
  return findings.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
}

function lineOf(finding: Finding): string {
  return `${MARKS[finding.verdict]} ${finding.check.padEnd(9)} ${sentenceOf(finding)}`;
}

function settled(
  { changes, node, compute }: Pick<Miner, 'changes' | 'node' | 'compute'>,
  clock: Clock,
): Promise<void> {
  const isSettled = () => {
    const head = node.session?.head;
    const nodeTold =
      node.failure !== null || (head !== undefined && (head.tip !== null || head.error !== null));
    const balanceTold = node.session?.balance != null || head?.tip == null;
    return nodeTold && balanceTold && (compute.isUp || compute.failure !== null);
  };
  return new Promise((resolve) => {
    const end = () => {
      stop();
      callOff();
      resolve();
    };
    const callOff = clock.after(SETTLED_MS, end);
    const stop = changes.add(() => isSettled() && end());
    if (isSettled()) end();
  });
}
