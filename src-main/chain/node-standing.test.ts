import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { NodeStanding } from './node-standing';
import { NodeTime } from './node-time';

const URL = 'http://node';
const SLOT_MS = 5000;

let clock: VirtualClock;
let standing: NodeStanding;
const tip = (height: number, aheadMs = 0) => ({
  height,
  timestamp: Math.floor((clock.now() + aheadMs) / 1000),
});

beforeEach(() => {
  clock = new VirtualClock(1_700_000_000_000);
  standing = new NodeStanding(URL, clock, new NodeTime(clock));
});

describe('a chain that stands still', () => {
  it('is said to from six slots on without a block', async () => {
    const newest = tip(7);
    await clock.advance(29_999);
    expect(standing.judge(newest, 0, SLOT_MS)).toBeNull();
    await clock.advance(1);
    expect(standing.judge(newest, 0, SLOT_MS)).toMatchObject({
      code: 'node_stalled',
      remedy: 'restart_node',
      params: { url: URL, seconds: 30 },
    });
  });

  it('has half a minute at the least, and six slots where they are longer', async () => {
    await clock.advance(29_999);
    expect(standing.judge(tip(7), 0, 1000)).toBeNull();
    await clock.advance(1);
    expect(standing.judge(tip(7), 0, 1000)?.code).toBe('node_stalled');
    expect(standing.judge(tip(7), 0, 60_000)).toBeNull();
    await clock.advance(329_999);
    expect(standing.judge(tip(7), 0, 60_000)).toBeNull();
    await clock.advance(1);
    expect(standing.judge(tip(7), 0, 60_000)).toMatchObject({ params: { seconds: 360 } });
  });

  it('goes on with its next block', async () => {
    await clock.advance(45_400);
    expect(standing.judge(null, 0, SLOT_MS)).toMatchObject({ params: { seconds: 45 } });
    standing.progressed();
    expect(standing.judge(tip(8), 0, SLOT_MS)).toBeNull();
    await clock.advance(29_999);
    expect(standing.judge(tip(8), 0, SLOT_MS)).toBeNull();
  });

  it('stands still for its clock where its newest block is more than six slots ahead of that', async () => {
    await clock.advance(30_000);
    expect(standing.judge(tip(7, 30_000), 0, SLOT_MS)?.code).toBe('node_stalled');
    expect(standing.judge(tip(7, 31_000), 0, SLOT_MS)).toMatchObject({
      code: 'node_ahead',
      remedy: 'check_clock',
      params: { url: URL, minutes: 1 },
    });
    expect(standing.judge(tip(7, 3_601_000), 0, SLOT_MS)).toMatchObject({ params: { minutes: 61 } });
  });
});

describe('a node that is behind its chain', () => {
  const behind = (height: number, blocks: number) => standing.judge(tip(height), blocks, SLOT_MS);

  it('is said to be catching up once its blocks go on so', async () => {
    expect(behind(7, 9)).toBeNull();
    await clock.advance(1000);
    expect(behind(8, 8)).toEqual(
      expect.objectContaining({
        code: 'node_syncing',
        remedy: 'wait',
        params: { url: URL, height: 8, behind: 8 },
      }),
    );
  });

  it('is said to be catching up where no block comes in the time of two', async () => {
    expect(behind(7, 9)).toBeNull();
    await clock.advance(2 * SLOT_MS - 1);
    expect(behind(7, 9)).toBeNull();
    await clock.advance(1);
    expect(behind(7, 9)).toMatchObject({ code: 'node_syncing', params: { height: 7, behind: 9 } });
  });

  it('is judged anew once it was at the head, or shows nothing', async () => {
    for (const rest of [() => behind(8, 0), () => standing.judge(null, 9, SLOT_MS)]) {
      expect(behind(7, 9)).toBeNull();
      expect(rest()).toBeNull();
      expect(behind(9, 9)).toBeNull();
      expect(rest()).toBeNull();
    }
  });

  it('is said to stand still where it does that too', async () => {
    expect(behind(7, 9)).toBeNull();
    await clock.advance(30_000);
    expect(behind(7, 9)?.code).toBe('node_stalled');
  });
});
