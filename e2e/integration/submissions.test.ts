import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE } from '../../src-main/devnet/test-network';
import { auditTasks, holdingsOf } from '../driver/audit';
import { ChainWorld } from '../driver/chain-world';
import { FaultNode } from '../driver/fault-node';
import { type Fault, loseAnswer, pass, refuse, rewrite } from '../driver/faults';
import { JournalRig } from '../driver/journal-rig';
import { MemoryVault } from '../driver/memory-vault';

const FUNDED_UNITS = 10n ** 18n;

let folder: string;
let world: ChainWorld;
let rig: JournalRig;
/** Bodies of `POST /tx/send`, in order, whether they arrived or not. */
let sent: string[];

const open = (nodeUrl = world.front.url) =>
  new JournalRig({
    folder,
    nodeUrl,
    vault: MemoryVault.holding(ALICE.key),
    address: ALICE.address,
    now: () => world.nowMs,
    boundary: (effect, [body]) => {
      if (effect === 'node.send') sent.push(String(body));
    },
  });
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'submissions-'));
  world = await ChainWorld.open();
  await world.fund(ALICE.address, FUNDED_UNITS);
  sent = [];
  rig = open();
  await rig.look();
});
afterEach(async () => {
  rig.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Requests for a path meet a fault, so often; all others pass. */
const spoil = (start: string, fault: Fault, times = Number.POSITIVE_INFINITY) => {
  let left = times;
  world.front.fault = (path) => (path.startsWith(start) && left-- > 0 ? fault : pass);
};
const blocks = async (count: number) => {
  for (let block = 0; block < count; block++) {
    await world.block();
    await rig.look().catch(() => undefined);
  }
};
const audit = async () =>
  auditTasks(rig.tasks(), await holdingsOf(world.ownUrl, ALICE.address), FUNDED_UNITS);
const allProved = async (count: number) => {
  const found = await audit();
  expect(found).toMatchObject({ proved: count, lost: [], duplicated: [], unfinished: [] });
  expect(found.feesPaidUnits).toBe(found.feesExpectedUnits);
};

describe('at most one live transaction per nonce and per task', () => {
  it('where the node says nonce_too_low of a transaction that it has taken', async () => {
    spoil(
      '/tx/send',
      rewrite((text) => text.replace('"received"', '"rejected","error":"nonce_too_low"')),
      1,
    );
    await rig.work();
    await blocks(4);
    expect(new Set(sent).size).toBe(1);
    await allProved(1);
  });

  it('where the node is wrong about the account while a transaction waits in its pool', async () => {
    await rig.work();
    spoil(
      '/balance',
      rewrite((text) => text.replace(/"nonce":\d+/, '"nonce":7')),
    );
    await rig.look();
    rig.close();
    rig = open();
    await rig.look();
    await rig.work();
    world.front.fault = () => pass;
    await blocks(3);
    expect(rig.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n]);
    await allProved(1);
  });

  it('through two nodes of the same chain', async () => {
    const other = await FaultNode.start(world.front.target);
    await rig.work();
    rig.close();
    rig = open(other.url);
    await rig.look();
    await rig.work();
    await blocks(2);
    expect(new Set(sent).size).toBe(1);
    await allProved(1);
    await other.close();
  });
});

describe('no gap is left behind', () => {
  it('by a node that is wrong once about the next nonce', async () => {
    await rig.work();
    await blocks(1);
    spoil(
      '/nonce',
      rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":5')),
      1,
    );
    await expect(rig.work()).rejects.toMatchObject({ code: 'node_bad_answer' });
    await blocks(2);
    expect(rig.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 1n]);
    await allProved(2);
  });

  it('for longer than the next results take to fill it', async () => {
    await rig.work();
    await blocks(1);
    spoil(
      '/nonce',
      rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":3')),
    );
    await rig.work();
    world.front.fault = () => pass;
    for (let more = 0; more < 2; more++) {
      await blocks(1);
      await rig.work();
    }
    await blocks(3);
    expect(rig.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 3n, 1n, 2n]);
    await allProved(4);
  });

  it('by transactions that the node forgot: they go again, the lowest nonce first', async () => {
    spoil('/tx/send', refuse);
    for (let result = 0; result < 3; result++) {
      await rig.work();
      await world.block();
      await rig.look().catch(() => undefined);
    }
    world.front.fault = () => pass;
    sent = [];
    await blocks(6);
    const nonces = sent.map((body) => Number(/"nonce":(\d+),"signature"/.exec(body)?.[1] ?? Number.NaN));
    expect(nonces.slice(0, 3)).toEqual([...nonces.slice(0, 3)].sort());
    await allProved(3);
  });
});

describe('what a verified block holds has the last word', () => {
  it('over a node that says for ever it does not know the transaction', async () => {
    spoil(
      '/tx/',
      rewrite((text) => text.replace('"confirmed"', '"pending"')),
    );
    await rig.work();
    await blocks(3);
    await allProved(1);
  });

  it('over an end that came too early: an expired transaction that is mined after all is proved', async () => {
    // The node keeps it, but nothing else gets through for over an hour.
    spoil('/tx/send', loseAnswer);
    await rig.work();
    rig.close();
    const late = new JournalRig({
      folder,
      nodeUrl: world.front.url,
      vault: MemoryVault.holding(ALICE.key),
      address: ALICE.address,
      now: () => world.nowMs + 61 * 60_000,
    });
    spoil(
      '/tx/',
      rewrite(() => '{"status":"pending","block_height":null}'),
    );
    await late.look();
    expect(late.tasks()[0]).toMatchObject({ state: 'expired', reason: { code: 'tx_rejected' } });
    late.close();
    world.front.fault = () => pass;
    rig = open();
    await rig.look();
    await blocks(1);
    await allProved(1);
  });
});

describe('when the chain goes back', () => {
  const mine = async (count: number) => {
    for (let result = 0; result < count; result++) {
      await rig.work();
      await blocks(1);
    }
  };

  it('further than the tip that is seen, everything above the fork is taken back and proved again', async () => {
    await mine(1);
    world.keep();
    await mine(4);
    await world.goBack();
    // The other branch has grown as long before anybody looks.
    for (let block = 0; block < 6; block++) await world.block();
    await rig.look();
    await blocks(2);
    await allProved(5);
  });

  it('while the app is closed, what is proved still equals what the chain holds', async () => {
    await mine(1);
    world.keep();
    await mine(3);
    rig.close();
    await world.goBack();
    for (let block = 0; block < 5; block++) await world.block();
    rig = open();
    await rig.look();
    await blocks(2);
    await allProved(4);
  });

  it('a result of a block that is no longer in the chain is not sent', async () => {
    await mine(1);
    world.keep();
    await world.block();
    await rig.look();
    spoil('/nonce', refuse);
    await expect(rig.work()).rejects.toMatchObject({ code: 'node_unreachable' });
    sent = [];
    await world.goBack();
    world.front.fault = () => pass;
    await blocks(2);
    expect(rig.tasks().at(-1)).toMatchObject({ state: 'abandoned', reason: { code: 'compute_cancelled' } });
    expect(sent).toEqual([]);
    await allProved(1);
  });
});

describe('another chain in between', () => {
  it('ends what was under way, and its own chain brings it back', async () => {
    await rig.work();
    const [before] = rig.tasks();
    await world.showOtherChain();
    await expect(rig.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    rig.acceptChain();
    await rig.look();
    expect(rig.tasks()[0]).toMatchObject({ state: 'abandoned', reason: { code: 'chain_mismatch' } });
    await world.block();
    await world.showOwn();
    rig.acceptChain();
    await rig.look();
    await blocks(2);
    expect(rig.tasks()[0]).toMatchObject({ id: before?.id, raw: before?.raw, state: 'proved' });
    await allProved(1);
  });
});

describe('a block 0 that came spoilt', () => {
  it('is not another chain, even where the person agrees to what the node shows', async () => {
    await rig.work();
    spoil(
      '/block/0',
      rewrite((text) => text.replace(/"timestamp":(\d+)/, (_, time) => `"timestamp":${Number(time) + 5}`)),
      1,
    );
    rig.acceptChain();
    await expect(rig.look()).rejects.toMatchObject({ code: 'block_invalid' });
    await blocks(2);
    await allProved(1);
  });
});

describe('stale work', () => {
  it('is never submitted: a result that waited for the node too long is given up with its reason', async () => {
    spoil('/nonce', refuse);
    await expect(rig.work()).rejects.toMatchObject({ code: 'node_unreachable' });
    for (let block = 0; block < 4; block++) await world.block();
    world.front.fault = () => pass;
    await rig.look();
    expect(rig.tasks()[0]).toMatchObject({ state: 'abandoned', reason: { code: 'compute_cancelled' } });
    expect(sent).toEqual([]);
  });
});
