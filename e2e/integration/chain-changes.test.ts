import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pruneJournal } from '../../src-main/submissions/journal-pruning';
import { JournalScene } from '../driver/miner/journal-scene';
import { refuse, rewrite } from '../driver/world/faults';

let scene: JournalScene;
beforeEach(async () => {
  scene = await JournalScene.open();
});
afterEach(() => scene.close());

describe('when the chain goes back', () => {
  it('further than the tip that is seen, everything above the fork is taken back and proved again', async () => {
    await scene.mine(1);
    scene.world.keep();
    await scene.mine(4);
    await scene.world.goBack();
    // The other branch has grown as long before anybody looks.
    for (let block = 0; block < 6; block++) await scene.world.block();
    await scene.driver.look();
    await scene.blocks(2);
    await scene.assertProved(5);
  });

  it('while the app is closed, what is proved still equals what the chain holds', async () => {
    await scene.mine(1);
    scene.world.keep();
    await scene.mine(3);
    scene.crash();
    await scene.world.goBack();
    for (let block = 0; block < 5; block++) await scene.world.block();
    await scene.restart();
    await scene.blocks(2);
    await scene.assertProved(4);
  });

  it('a result of a block that is no longer in the chain is not sent', async () => {
    await scene.mine(1);
    scene.world.keep();
    await scene.world.block();
    await scene.driver.look();
    scene.spoil('/nonce', refuse);
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_connection_lost' });
    scene.sent = [];
    await scene.world.goBack();
    scene.heal();
    await scene.blocks(2);
    expect(scene.driver.tasks().at(-1)).toMatchObject({
      state: 'abandoned',
      reason: { code: 'compute_cancelled' },
    });
    expect(scene.sent).toEqual([]);
    await scene.assertProved(1);
  });
});

describe('when the chain goes back past results that are not kept', () => {
  it('their nonces are used again, and what the chain still holds of them stays proved', async () => {
    await scene.mine(2);
    scene.world.keep();
    await scene.mine(3);
    pruneJournal(scene.driver.database, { whole: 0, rows: 100, batch: 100 });
    await scene.world.goBack();
    await scene.blocks(1);
    await scene.mine(2);
    await scene.blocks(1);
    const tasks = scene.driver.tasks();
    expect(tasks.slice(0, 5).map(({ state }) => state)).toEqual([
      'proved',
      'proved',
      'expired',
      'expired',
      'expired',
    ]);
    expect(tasks.slice(5).map(({ accountNonce }) => accountNonce)).toEqual([2n, 3n]);
    await scene.assertProved(4);
  });
});

describe('another chain in between', () => {
  it('ends what was under way, and its own chain brings it back', async () => {
    await scene.driver.work();
    const [before] = scene.driver.tasks();
    await scene.world.showOtherChain();
    await expect(scene.driver.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    scene.driver.acceptChain();
    await scene.driver.look();
    expect(scene.driver.tasks()[0]).toMatchObject({ state: 'abandoned', reason: { code: 'chain_mismatch' } });
    await scene.world.block();
    await scene.world.showOwn();
    scene.driver.acceptChain();
    await scene.driver.look();
    await scene.blocks(2);
    expect(scene.driver.tasks()[0]).toMatchObject({ id: before?.id, raw: before?.raw, state: 'proved' });
    await scene.assertProved(1);
  });
});

describe('consent to another chain', () => {
  it('is to the chain that was shown, and ends where the node shows its own again', async () => {
    await scene.world.showOtherChain();
    await expect(scene.driver.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    await scene.world.showOwn();
    scene.driver.agree();
    await scene.driver.look();
    await scene.world.showOtherChain();
    await expect(scene.driver.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    scene.world.wait(1000);
    await scene.world.showOtherChain();
    scene.driver.agree();
    await expect(scene.driver.look()).rejects.toMatchObject({ code: 'chain_mismatch' });
    scene.driver.agree();
    await scene.driver.look();
  });
});

describe('a node that changes its chain between a look and a send', () => {
  it('takes a result of the other chain: it is proved where it is, and paid for once', async () => {
    await scene.mine(1);
    await scene.world.showOtherChain();
    scene.driver.acceptChain();
    await scene.driver.look();
    const { height } = scene.driver.tip().block.header;
    await scene.world.showOwn();
    // Another height would tell them apart, and the result would wait.
    scene.spoil(
      '/status',
      rewrite((text) => text.replace(/"height":\s*\d+/, `"height":${height}`)),
      1,
    );
    await scene.driver.work();
    scene.heal();
    scene.driver.acceptChain();
    await scene.blocks(3);
    await scene.assertProved(2);
  });
});

describe('a block 0 that came spoilt', () => {
  it('is not another chain, even where the person agrees to what the node shows', async () => {
    await scene.driver.work();
    scene.spoil(
      '/block/0',
      rewrite((text) => text.replace(/"timestamp":(\d+)/, (_, time) => `"timestamp":${Number(time) + 5}`)),
      1,
    );
    scene.driver.acceptChain();
    await expect(scene.driver.look()).rejects.toMatchObject({ code: 'block_invalid' });
    await scene.blocks(2);
    await scene.assertProved(1);
  });
});
