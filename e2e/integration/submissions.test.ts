import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultNode } from '../driver/fault-node';
import { loseAnswer, refuse, rewrite } from '../driver/faults';
import { RigBench } from '../driver/rig-bench';

let bench: RigBench;
beforeEach(async () => {
  bench = await RigBench.open();
});
afterEach(() => bench.close());

describe('at most one live transaction per nonce and per task', () => {
  it('where the node says nonce_too_low of a transaction that it has taken', async () => {
    bench.spoil(
      '/tx/send',
      rewrite((text) => text.replace('"received"', '"rejected","error":"nonce_too_low"')),
      1,
    );
    await bench.rig.work();
    await bench.blocks(4);
    expect(new Set(bench.sent).size).toBe(1);
    await bench.assertProved(1);
  });

  it('where the node is wrong about the account while a transaction waits in its pool', async () => {
    await bench.rig.work();
    bench.spoil(
      '/balance',
      rewrite((text) => text.replace(/"nonce":\d+/, '"nonce":7')),
    );
    await bench.rig.look();
    bench.crash();
    await bench.restart();
    await bench.rig.work();
    bench.heal();
    await bench.blocks(3);
    expect(bench.rig.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n]);
    await bench.assertProved(1);
  });

  it('through two nodes of the same chain', async () => {
    const other = await FaultNode.start(bench.world.front.target);
    await bench.rig.work();
    bench.crash();
    await bench.restart(other.url);
    await bench.rig.work();
    await bench.blocks(2);
    expect(new Set(bench.sent).size).toBe(1);
    await bench.assertProved(1);
    await other.close();
  });
});

describe('no gap is left behind', () => {
  it('by a node that is wrong once about the next nonce', async () => {
    await bench.rig.work();
    await bench.blocks(1);
    bench.spoil(
      '/nonce',
      rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":5')),
      1,
    );
    await expect(bench.rig.work()).rejects.toMatchObject({ code: 'node_bad_answer' });
    await bench.blocks(2);
    expect(bench.rig.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 1n]);
    await bench.assertProved(2);
  });

  it('for longer than the next results take to fill it', async () => {
    await bench.rig.work();
    await bench.blocks(1);
    bench.spoil(
      '/nonce',
      rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":3')),
    );
    await bench.rig.work();
    bench.heal();
    for (let more = 0; more < 2; more++) {
      await bench.blocks(1);
      await bench.rig.work();
    }
    await bench.blocks(3);
    expect(bench.rig.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 3n, 1n, 2n]);
    await bench.assertProved(4);
  });

  it('by transactions that the node forgot: they go again, the lowest nonce first', async () => {
    bench.spoil('/tx/send', refuse);
    for (let result = 0; result < 3; result++) {
      await bench.rig.work();
      await bench.world.block();
      await bench.rig.look().catch(() => undefined);
    }
    bench.heal();
    bench.sent = [];
    await bench.blocks(6);
    const nonces = bench.sent.map((body) =>
      Number(/"nonce":(\d+),"signature"/.exec(body)?.[1] ?? Number.NaN),
    );
    expect(nonces.slice(0, 3)).toEqual([...nonces.slice(0, 3)].sort());
    await bench.assertProved(3);
  });
});

describe('what a verified block holds has the last word', () => {
  it('over a node that says for ever it does not know the transaction', async () => {
    bench.spoil(
      '/tx/',
      rewrite((text) => text.replace('"confirmed"', '"pending"')),
    );
    await bench.rig.work();
    await bench.blocks(3);
    await bench.assertProved(1);
  });

  it('over an end that came too early: an expired transaction that is mined after all is proved', async () => {
    // The node keeps it, but nothing else gets through for over an hour.
    bench.spoil('/tx/send', loseAnswer);
    await bench.rig.work();
    bench.world.wait(61 * 60_000);
    bench.spoil(
      '/tx/',
      rewrite(() => '{"status":"pending","block_height":null}'),
    );
    await bench.rig.look();
    expect(bench.rig.tasks()[0]).toMatchObject({ state: 'expired', reason: { code: 'tx_rejected' } });
    bench.heal();
    await bench.blocks(1);
    await bench.assertProved(1);
  });
});

describe('stale work', () => {
  it('is never submitted: a result that waited for the node too long is given up with its reason', async () => {
    bench.spoil('/nonce', refuse);
    await expect(bench.rig.work()).rejects.toMatchObject({ code: 'node_unreachable' });
    for (let block = 0; block < 4; block++) await bench.world.block();
    bench.heal();
    await bench.rig.look();
    expect(bench.rig.tasks()[0]).toMatchObject({ state: 'abandoned', reason: { code: 'compute_cancelled' } });
    expect(bench.sent).toEqual([]);
  });
});
