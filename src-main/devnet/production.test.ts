import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock/clock';
import { type Devnet, startDevnet } from './devnet';
import { dueRound, firstOwnRound, type SlotView, untilNextSlotMs } from './slots';
import { ALICE, FAUCET, getJson, send, transaction } from './test-network';

const GENESIS = 1_800_000_000;
const view = (change: Partial<SlotView> = {}): SlotView => ({
  genesisTime: GENESIS,
  blockTimeSeconds: 5,
  height: 9,
  lastTimestamp: GENESIS + 45,
  active: ['us'],
  proposer: 'us',
  ...change,
});

describe('a slot', () => {
  it('begins exactly at genesis_time + height × block_time', () => {
    expect(dueRound(view(), GENESIS + 49)).toBeNull();
    expect(dueRound(view(), GENESIS + 50)).toBe(0);
    expect(dueRound(view(), GENESIS + 54)).toBe(0);
    expect(dueRound(view(), GENESIS + 55)).toBe(1);
    expect(untilNextSlotMs(view(), (GENESIS + 50) * 1000)).toBe(5000);
    expect(untilNextSlotMs(view(), (GENESIS + 50) * 1000 - 1)).toBe(1);
  });

  it('of the very first block is the genesis itself', () => {
    expect(dueRound(view({ height: -1, lastTimestamp: Number.NEGATIVE_INFINITY }), GENESIS)).toBe(0);
  });

  it('is another validator’s where it is its turn', () => {
    const two = { active: ['them', 'us'] };
    expect(dueRound(view(two), GENESIS + 50)).toBeNull();
    expect(dueRound(view(two), GENESIS + 55)).toBe(1);
    expect(firstOwnRound(view(two))).toBe(1);
    expect(dueRound(view({ active: ['them'] }), GENESIS + 50)).toBe(0);
  });

  it('comes at once after days off, and then one block a slot', () => {
    const days = 3 * 24 * 3600;
    const round = dueRound(view(), GENESIS + days) ?? -1;
    expect(GENESIS + (10 + round) * 5).toBe(GENESIS + days);
    const after = view({ height: 10, lastTimestamp: GENESIS + days });
    expect(dueRound(after, GENESIS + days + 4)).toBeNull();
    expect(dueRound(after, GENESIS + days + 5)).toBe(round);
  });
});

describe('the devnet', () => {
  async function withDevnet(
    options: Partial<Parameters<typeof startDevnet>[0]>,
    use: (devnet: Devnet) => Promise<void>,
  ): Promise<void> {
    const devnet = await startDevnet({ port: 0, dataFolder: null, manual: true, ...options });
    await use(devnet).finally(() => devnet.close());
  }
  const timestamps = async ({ url }: Devnet, heights: number[]): Promise<number[]> => {
    const blocks = await Promise.all(heights.map((height) => getJson(url, `/block/${height}`)));
    return blocks.map((block) => (block as { header: { timestamp: number } }).header.timestamp);
  };

  it('by hand makes blocks in their own slots, whatever the time is', () =>
    withDevnet({}, async (devnet) => {
      for (let height = 0; height < 3; height += 1) expect(await devnet.produceBlock()).toBe(height);
      const { genesisTime } = devnet;
      expect(await timestamps(devnet, [0, 1, 2])).toEqual([genesisTime, genesisTime + 5, genesisTime + 10]);
    }));

  it('by hand and clock has rounds for slots that passed', async () => {
    let now = GENESIS * 1000;
    await withDevnet({ clock: { ...systemClock, now: () => now } }, async (devnet) => {
      await devnet.produceBlock();
      now += 12_000;
      await devnet.produceBlock();
      const block = (await getJson(devnet.url, '/block/1')) as {
        header: { round: number; timestamp: number };
      };
      expect(block.header).toMatchObject({ round: 1, timestamp: GENESIS + 10 });
    });
  });

  it('by itself makes its first block at once', () =>
    withDevnet({ manual: false }, async (devnet) => {
      expect(await getJson(devnet.url, '/status')).toMatchObject({ height: 0 });
    }));

  it('ends an epoch after a hundred blocks, pays the validator and burns the miners’ share', () =>
    withDevnet({}, async (devnet) => {
      for (let height = 0; height < 100; height += 1) await devnet.produceBlock();
      expect(await getJson(devnet.url, '/status')).toMatchObject({ height: 99, epoch: 1 });
      expect(await getJson(devnet.url, '/validators')).toMatchObject({
        validators: [{ blocks_proposed: 1 }],
      });
      const { text } = await fetch(`${devnet.url}/snapshots`).then(async (answer) => ({
        text: await answer.text(),
      }));
      expect(text).toContain('"total_burned":300000000000000000000,"total_minted":1000000000000000000000');
    }));

  it('gives nine tenths of the fees to the validator and a tenth to the treasury', () =>
    withDevnet({}, async (devnet) => {
      await devnet.produceBlock();
      await send(devnet.url, transaction(FAUCET, 0, { to: ALICE.address }));
      await devnet.produceBlock();
      const treasury = 'cpc1treasury000000000000000000000000000000000000000000';
      expect(await getJson(devnet.url, `/balance/${treasury}`)).toMatchObject({ balance: '2100000' });
    }));

  it.each([
    [{ host: '0.0.0.0' }, 'invalid_argument'],
    [{ host: '192.168.0.1' }, 'invalid_argument'],
    [{ blockTimeSeconds: 0 }, 'invalid_argument'],
    [{ blockTimeSeconds: 0.5 }, 'invalid_argument'],
  ])('refuses to start with %j', async (options, code) => {
    await expect(withDevnet(options, async () => undefined)).rejects.toMatchObject({ code });
  });

  it('says which port is in use', () =>
    withDevnet({}, async ({ url }) => {
      const port = Number(new URL(url).port);
      await expect(withDevnet({ port }, async () => undefined)).rejects.toMatchObject({
        code: 'port_in_use',
        message: expect.stringContaining(String(port)),
      });
    }));
});
