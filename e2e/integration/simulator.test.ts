import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Pauses } from '../../src-main/mining/pauses';
import { signHash } from '../../src-shared/chain/key';
import { parseSimulateArguments } from '../simulator/arguments';
import { ALL_FAULTS, type FaultKind } from '../simulator/faults';
import { sign } from '../simulator/quick-secp256k1';
import { verifyEachOnce } from '../simulator/quick-signatures';
import { type Outcome, Simulation } from '../simulator/simulation';

const BLOCKS = 80;

async function run(
  seed: number,
  kinds: readonly FaultKind[] = ALL_FAULTS,
  blocks = BLOCKS,
): Promise<Outcome> {
  const simulation = new Simulation({ seed, kinds: new Set(kinds) });
  try {
    return await simulation.run(blocks);
  } finally {
    simulation.close();
  }
}

beforeAll(verifyEachOnce);

describe('the simulator', () => {
  it('comes to the same twice for one seed, and every invariant holds', async () => {
    const outcome = await run(1);
    expect(outcome.broken).toBeNull();
    expect(outcome.tally.proved).toBeGreaterThan(10);
    expect(outcome.tally).toMatchObject({ inChain: outcome.tally.proved, lost: [], paidTwice: 0 });
    expect(outcome.digest).toMatch(/^[0-9a-f]{64}$/);
    expect((await run(1)).digest).toBe(outcome.digest);
  }, 60_000);

  it('comes to something else for another seed', async () => {
    const outcome = await run(2);
    expect(outcome.broken).toBeNull();
    expect(outcome.digest).not.toBe((await run(3, [])).digest);
  }, 60_000);

  it('holds where it once did not: a result whose block is beyond the tip of a chain that went back', async () => {
    expect((await run(21, ['away', 'forked', 'rival'], 228)).broken).toBeNull();
  }, 60_000);

  it('has transactions signed as the app signs them, byte for byte', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const hash = sha256(Uint8Array.of(seed));
      const key = sha256(Uint8Array.of(seed, 1));
      expect(bytesToHex(sign(hash, key))).toBe(signHash(hash, key));
    }
  });

  it('notices a miner that works on through a pause', async () => {
    vi.spyOn(Pauses.prototype, 'mayWork', 'get').mockReturnValue(true);
    const { broken } = await run(52, ['person']);
    expect(broken?.invariant).toBe('held back is held back');
  }, 60_000);
});

describe("the simulator's command line", () => {
  it('takes what its usage says', () => {
    expect(parseSimulateArguments(['--blocks', '10', '--seed', '7', '--minutes', '2'])).toMatchObject({
      kind: 'run',
      blocks: 10,
      seed: 7,
      minutes: 2,
      kinds: ALL_FAULTS,
    });
    expect(parseSimulateArguments(['--faults', 'none'])).toMatchObject({ kinds: [] });
    expect(parseSimulateArguments(['--faults', 'lost,rival'])).toMatchObject({ kinds: ['lost', 'rival'] });
  });

  it.each([
    [['--blocks', '0'], '--blocks takes a whole number from 1 to 10000000, not "0"'],
    [['--blocks', '1e3'], '--blocks takes'],
    [['--seed', '-1'], '--seed'],
    [['--seed', '4294967296'], '--seed takes a whole number from 0 to 4294967295'],
    [['--minutes', 'x'], '--minutes takes'],
    [['--faults', 'rain'], '--faults knows no "rain"'],
    [['--block', '3'], '--block'],
    [['3'], '3'],
  ])('says of %j what is wrong', (args, message) => {
    const parsed = parseSimulateArguments(args);
    expect(parsed.kind === 'error' && parsed.message).toContain(message);
  });
});
