import { beforeEach, describe, expect, it } from 'vitest';
import { gathered, type Sample } from '../../src-shared/history/sample';
import { VirtualClock } from '../clock/virtual-clock';
import { WorkMeter } from '../compute/work-meter';
import { Recorder } from './recorder';

const MINUTE = 60_000;
// A whole minute of the wall clock.
const START = 1_700_000_040_000;

let clock: VirtualClock;
let meter: WorkMeter;
let kept: (readonly Sample[])[];
let errors: unknown[];
let recorder: Recorder;
let keep: (minutes: readonly Sample[]) => void;

function open(lanes = 1): void {
  recorder = new Recorder({
    clock,
    meter,
    lanes,
    readSensors: () => ({ temperatureC: 50, powerW: null }),
    keep: (minutes) => keep(minutes),
    onError: (error) => errors.push(error),
  });
}

beforeEach(() => {
  clock = new VirtualClock(START);
  meter = new WorkMeter(clock.monotonic, (error) => errors.push(error));
  kept = [];
  errors = [];
  keep = (minutes) => kept.push(minutes);
  open();
});

/** A task of so many ms, half of them rested. */
async function work(ms: number): Promise<void> {
  const end = meter.begin();
  await clock.advance(ms);
  end({ elapsedMs: ms, busyMs: ms / 2, product: { operations: ms * 1e6, ms } });
}

const minutes = () => gathered(kept.flat(), MINUTE);

describe('what the miner does', () => {
  it('is measured as long as it runs: time, work done, its speed', async () => {
    recorder.setRunning(true);
    for (let count = 0; count < 15; count += 1) {
      await work(2000);
      await clock.advance(2000);
    }
    await clock.advance(3 * MINUTE);
    recorder.close();
    const [first, second, ...others] = minutes();
    expect(first).toEqual({
      atMs: START,
      ranMs: MINUTE,
      busyMs: 15_000,
      productMs: 30_000,
      operations: 30_000 * 1e6,
      temperatureC: 50,
      powerW: null,
    });
    expect(second).toMatchObject({ atMs: START + MINUTE, ranMs: MINUTE, busyMs: 0, operations: 0 });
    expect(others).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('is of one lane on average', async () => {
    open(4);
    recorder.setRunning(true);
    await work(8000);
    expect(recorder.pending()[0]).toMatchObject({ busyMs: 1000, productMs: 8000 });
    recorder.close();
  });

  it('belongs to the minutes it was done in, however long it took', async () => {
    recorder.setRunning(true);
    await work(4 * MINUTE);
    await clock.advance(2 * MINUTE);
    expect(minutes().map(({ busyMs }) => Math.round(busyMs))).toEqual([30_000, 30_000, 30_000, 30_000, 0, 0]);
  });

  it('is known at once, as far as no work under way may change it', async () => {
    recorder.setRunning(true);
    await clock.advance(15_000);
    expect(gathered(recorder.pending(), MINUTE)).toMatchObject([{ ranMs: 15_000, busyMs: 0 }]);
    const end = meter.begin();
    await clock.advance(30_000);
    expect(gathered(recorder.pending(), MINUTE)).toMatchObject([{ ranMs: 10_000 }]);
    end({ elapsedMs: 30_000, busyMs: 30_000, product: null });
    expect(gathered(recorder.pending(), MINUTE)).toMatchObject([{ ranMs: 45_000, busyMs: 30_000 }]);
  });

  it('that hangs is not waited for for ever', async () => {
    recorder.setRunning(true);
    meter.begin();
    await clock.advance(40 * MINUTE);
    expect(minutes().length).toBeGreaterThan(20);
  });
});

describe('while the miner does not run', () => {
  it('nothing is measured, waited for or kept', async () => {
    recorder.setRunning(true);
    await clock.advance(MINUTE);
    recorder.setRunning(false);
    await clock.advance(2 * MINUTE);
    const commits = kept.length;
    expect(clock.waiting).toBe(0);
    await clock.advance(60 * MINUTE);
    expect(kept).toHaveLength(commits);
    recorder.setRunning(true);
    await clock.advance(2 * MINUTE);
    expect(minutes().map(({ atMs }) => (atMs - START) / MINUTE)).toEqual([0, 63, 64]);
  });

  it('because the machine sleeps, nothing is measured', async () => {
    recorder.setRunning(true);
    await clock.advance(5000);
    // No timer comes meanwhile, although the clock goes on.
    Object.assign(clock, { after: () => () => undefined });
    await clock.advance(60 * MINUTE);
    const ranMs = recorder.pending().reduce((sum, sample) => sum + sample.ranMs, 0);
    expect(ranMs).toBeLessThan(MINUTE);
  });
});

describe('a commit', () => {
  it('is made once a minute at the most', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      recorder.setRunning(minute % 2 === 0);
      recorder.keepSoon();
      await work(20_000);
      recorder.keepSoon();
      await clock.advance(40_000);
    }
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept.length).toBeGreaterThan(7);
  });

  it('that fails is told of, and the next one goes well', async () => {
    keep = () => {
      throw new Error('disk full');
    };
    recorder.setRunning(true);
    await clock.advance(90_000);
    expect(errors).toEqual([new Error('disk full')]);
    keep = (samples) => kept.push(samples);
    await clock.advance(MINUTE);
    expect(kept).toHaveLength(1);
  });

  it('is made of what there is at the end', async () => {
    recorder.setRunning(true);
    meter.begin();
    await clock.advance(5000);
    recorder.close();
    expect(minutes()).toMatchObject([{ ranMs: 5000 }]);
    expect(clock.waiting).toBe(0);
  });
});

describe('a wall clock that is set', () => {
  it.each([-3, 3])('by %i hours moves what comes after it, and nothing is lost or long', async (hours) => {
    recorder.setRunning(true);
    await work(30_000);
    clock.setWall(hours * 60 * MINUTE);
    await work(30_000);
    await clock.advance(90_000);
    const all = minutes();
    expect(all.reduce((sum, { busyMs }) => sum + busyMs, 0)).toBeCloseTo(30_000);
    expect(all.every(({ ranMs }) => ranMs <= MINUTE)).toBe(true);
    const [after] = all.filter(({ atMs }) => (atMs - START) * Math.sign(hours) > 60 * MINUTE);
    expect(after).toBeDefined();
  });
});
