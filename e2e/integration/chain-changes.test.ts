import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pruneJournal } from '../../src-main/submissions/journal-pruning';
import { refuse, rewrite } from '../driver/faults';
import { RigBench } from '../driver/rig-bench';

let bench: RigBench;
beforeEach(async () => {
  bench = await RigBench.open();
});
afterEach(() => bench.close());

describe('when the chain goes back', () => {
  it('further than the tip that is seen, everything above the fork is taken back and proved again', async () => {
    await bench.mine(1);
    bench.world.keep();
    await bench.mine(4);
    await bench.world.goBack();
    // The other branch has grown as long before anybody looks.
    for (let block = 0; block < 6; block++) await bench.world.block();
    await bench.rig.look();
    await bench.blocks(2);
    await bench.assertProved(5);
  });

  it('while the app is closed, what is proved still equals what the chain holds', async () => {
    await bench.mine(1);
    bench.world.keep();
    await bench.mine(3);
    bench.crash();
    await bench.world.goBack();
    for (let block = 0; block < 5; block++) await bench.world.block();
    await bench.restart();
    await bench.blocks(2);
    await bench.assertProved(4);
  });

  it('a result of a block that is no longer in the chain is not sent', async () => {
    await bench.mine(1);
    bench.world.keep();
    await bench.world.block();
    await bench.rig.look();
    bench.spoil('/nonce', refuse);
    await expect(bench.rig.work()).rejects.toMatchObject({ code: 'node_unreachable' });
    bench.sent = [];
    await bench.world.goBack();
    bench.heal();
    await bench.blocks(2);
    expect(bench.rig.tasks().at(-1)).toMatchObject({
      state: 'abandoned',
      reason: { code: 'compute_cancelled' },
    });
    expect(bench.sent).toEqual([]);
    await bench.assertProved(1);
  });
});

describe('when the chain goes back past results that are not kept', () => {
  it('their nonces are used again, and what the chain still holds of them stays proved', async () => {
    await bench.mine(2);
    bench.world.keep();
    await bench.mine(3);
    pruneJournal(bench.rig.database, { whole: 0, rows: 100, batch: 100 });
    await bench.world.goBack();
    await bench.blocks(1);
    await bench.mine(2);
    await bench.blocks(1);
    const tasks = bench.rig.tasks();
    expect(tasks.slice(0, 5).map(({ state }) => state)).toEqual([
      'proved',
      'proved',
      'expired',
      'expired',
      'expired',
    ]);
    expect(tasks.slice(5).map(({ accountNonce }) => accountNonce)).toEqual([2n, 3n]);
    await bench.assertProved(4);
  });
});

describe('another chain in between', () => {
  it('ends what was under way, and its own chain brings it back', async () => {
    await bench.rig.work();
    const [before] = bench.rig.tasks();
    await bench.world.showOtherChain();
    await expect(bench.rig.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    bench.rig.acceptChain();
    await bench.rig.look();
    expect(bench.rig.tasks()[0]).toMatchObject({ state: 'abandoned', reason: { code: 'chain_mismatch' } });
    await bench.world.block();
    await bench.world.showOwn();
    bench.rig.acceptChain();
    await bench.rig.look();
    await bench.blocks(2);
    expect(bench.rig.tasks()[0]).toMatchObject({ id: before?.id, raw: before?.raw, state: 'proved' });
    await bench.assertProved(1);
  });
});

describe('consent to another chain', () => {
  it('is to the chain that was shown, and ends where the node shows its own again', async () => {
    await bench.world.showOtherChain();
    await expect(bench.rig.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    await bench.world.showOwn();
    bench.rig.agree();
    await bench.rig.look();
    await bench.world.showOtherChain();
    await expect(bench.rig.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    bench.world.wait(1000);
    await bench.world.showOtherChain();
    bench.rig.agree();
    await expect(bench.rig.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    bench.rig.agree();
    await bench.rig.look();
  });
});

describe('a node that changes its chain between a look and a send', () => {
  it('takes a result of the other chain: it is proved where it is, and paid for once', async () => {
    await bench.mine(1);
    await bench.world.showOtherChain();
    bench.rig.acceptChain();
    await bench.rig.look();
    await bench.world.showOwn();
    await bench.rig.work();
    bench.rig.acceptChain();
    await bench.blocks(3);
    await bench.assertProved(2);
  });
});

describe('a block 0 that came spoilt', () => {
  it('is not another chain, even where the person agrees to what the node shows', async () => {
    await bench.rig.work();
    bench.spoil(
      '/block/0',
      rewrite((text) => text.replace(/"timestamp":(\d+)/, (_, time) => `"timestamp":${Number(time) + 5}`)),
      1,
    );
    bench.rig.acceptChain();
    await expect(bench.rig.look()).rejects.toMatchObject({ code: 'block_invalid' });
    await bench.blocks(2);
    await bench.assertProved(1);
  });
});
