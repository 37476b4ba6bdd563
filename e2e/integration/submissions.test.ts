import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ALICE, resultPayload, send, transaction } from '../../src-main/devnet/test-network';
import { parseAddress } from '../../src-shared/chain/address';
import { AppError, toErrorReport } from '../../src-shared/errors';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import { JournalScene } from '../driver/miner/journal-scene';
import { FaultNode } from '../driver/world/fault-node';
import { type Fault, loseAnswer, pass, refuse, rewrite } from '../driver/world/faults';

let scene: JournalScene;
beforeEach(async () => {
  scene = await JournalScene.open();
});
afterEach(() => scene.close());

describe('at most one live transaction per nonce and per task', () => {
  it('where the node says nonce_too_low of a transaction that it has taken', async () => {
    scene.spoil(
      '/tx/send',
      rewrite((text) => text.replace('"received"', '"rejected","error":"nonce_too_low"')),
      1,
    );
    await scene.driver.work();
    await scene.blocks(4);
    expect(new Set(scene.sent).size).toBe(1);
    await scene.assertProved(1);
  });

  it('where the node is wrong about the account while a transaction waits in its pool', async () => {
    await scene.driver.work();
    scene.spoil(
      '/balance',
      rewrite((text) => text.replace(/"nonce":\d+/, '"nonce":7')),
    );
    await scene.driver.look();
    scene.crash();
    await scene.restart();
    await scene.driver.work();
    scene.heal();
    await scene.blocks(3);
    expect(scene.driver.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n]);
    await scene.assertProved(1);
  });

  it('where another program took a nonce after it was asked for: the result goes again with the next one', async () => {
    const result = await scene.driver.work();
    await scene.world.restart();
    // By a node that forgot what waited in its pool.
    const asked = new Promise<void>((resolve) => {
      scene.world.front.onRequest = resolve;
    });
    scene.driver.submissions.prepare(parseAddress(ALICE.address));
    await asked;
    await send(scene.world.ownUrl, transaction(ALICE, Number(result?.accountNonce)));
    await scene.blocks(4);
    expect(scene.driver.tasks().map(({ accountNonce }) => accountNonce)).toEqual([1n]);
    const { proved, unfinished } = await scene.tally();
    expect({ proved, unfinished }).toEqual({ proved: 1, unfinished: [] });
  });

  it('where several results are handed over at once', async () => {
    await Promise.all([0, 1, 2].map((taskNonce) => scene.driver.work(taskNonce)));
    expect(scene.sent).toHaveLength(3);
    await scene.blocks(3);
    expect(scene.driver.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 1n, 2n]);
    await scene.assertProved(3);
  });

  it('through two nodes of the same chain', async () => {
    const other = await FaultNode.start(scene.world.front.target);
    await scene.driver.work();
    scene.crash();
    await scene.restart(other.url);
    await scene.driver.work();
    await scene.blocks(2);
    expect(new Set(scene.sent).size).toBe(1);
    await scene.assertProved(1);
    await other.close();
  });
});

describe('a node that asks to be left alone', () => {
  it('is sent nothing meanwhile, and nothing after it that is stale by then', async () => {
    const asked = new Promise<void>((resolve) => {
      scene.world.front.onRequest = resolve;
    });
    scene.driver.submissions.prepare(parseAddress(ALICE.address));
    await asked;
    scene.spoil('/status', ({ response }) => void response.writeHead(429, { 'retry-after': '60' }).end(), 1);
    await expect(scene.driver.look()).rejects.toMatchObject({ code: 'node_busy' });
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_busy' });
    await scene.blocks(14);
    expect(scene.sent).toEqual([]);
    expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['abandoned']);
  });
});

describe('a result that waits', () => {
  it('is of another branch also after a start, and is not sent on this one', async () => {
    scene.world.keep();
    await scene.blocks(1);
    const result = await scene.driver.work();
    await scene.world.goBack();
    await send(scene.world.ownUrl, transaction(ALICE, Number(result?.accountNonce)));
    await scene.blocks(2);
    expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['superseded']);
    scene.sent = [];
    scene.crash();
    await scene.restart();
    await scene.blocks(1);
    expect(scene.sent).toEqual([]);
  });

  it('is of a branch that is gone, and is not sent while the blocks since are not all taken in', async () => {
    await scene.mine(1);
    scene.world.keep();
    await scene.blocks(2);
    scene.sent = [];
    scene.spoil('/nonce', refuse);
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_connection_lost' });
    scene.heal();
    await scene.world.goBack();
    await scene.blocks(1);
    const older = scene.driver.tip();
    for (let block = 0; block < 3; block++) await scene.world.block();
    scene.spoil(`/block/${older.block.header.height + 1}`, refuse);
    await scene.driver.look().catch(() => undefined);
    scene.heal();
    await scene.driver.takeAgain(older);
    expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['proved', 'computed']);
    await scene.blocks(1);
    expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['proved', 'abandoned']);
    expect(scene.sent).toEqual([]);
  });

  it('is stale by the newest block that is known, though the work on an older one takes until then', async () => {
    scene.spoil('/nonce', refuse);
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_connection_lost' });
    scene.heal();
    const older = scene.driver.tip();
    const missing = older.block.header.height + 2;
    for (let block = 0; block < 5; block++) await scene.world.block();
    scene.spoil(`/block/${missing}`, refuse);
    await scene.driver.look().catch(() => undefined);
    scene.heal();
    await scene.driver.takeAgain(older);
    expect(scene.sent).toEqual([]);
    expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['abandoned']);
  });
});

describe('no gap is left behind', () => {
  it('by a node that is wrong once about the next nonce', async () => {
    await scene.driver.work();
    await scene.blocks(1);
    scene.spoil(
      '/nonce',
      rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":5')),
      1,
    );
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_bad_answer' });
    await scene.blocks(2);
    expect(scene.driver.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 1n]);
    await scene.assertProved(2);
  });

  it('for longer than the next results take to fill it', async () => {
    await scene.driver.work();
    await scene.blocks(1);
    const wrong = rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":3'));
    scene.spoil('/nonce', wrong);
    // As if another program with the key had two under way: that is waited for.
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'key_busy_elsewhere' });
    scene.world.front.fault = (path) => (/^\/(?:nonce|balance)/.test(path) ? wrong : pass);
    await scene.blocks(1);
    scene.heal();
    for (let more = 0; more < 2; more++) {
      await scene.blocks(1);
      await scene.driver.work();
    }
    await scene.blocks(3);
    expect(scene.driver.tasks().map(({ accountNonce }) => accountNonce)).toEqual([0n, 3n, 1n, 2n]);
    await scene.assertProved(4);
  });

  it('by transactions that the node forgot: they go again, the lowest nonce first', async () => {
    scene.spoil('/tx/send', refuse);
    for (let result = 0; result < 3; result++) {
      await scene.driver.work();
      await scene.world.block();
      await scene.driver.look().catch(() => undefined);
    }
    scene.heal();
    scene.sent = [];
    await scene.blocks(6);
    const nonces = scene.sent.map((body) =>
      Number(/"nonce":(\d+),"signature"/.exec(body)?.[1] ?? Number.NaN),
    );
    expect(nonces.slice(0, 3)).toEqual([...nonces.slice(0, 3)].sort());
    await scene.assertProved(3);
  });
});

describe('what a verified block holds has the last word', () => {
  it('over a node that says for ever it does not know the transaction', async () => {
    scene.spoil(
      '/tx/',
      rewrite((text) => text.replace('"confirmed"', '"pending"')),
    );
    await scene.driver.work();
    await scene.blocks(3);
    await scene.assertProved(1);
  });

  it('over an end that came too early: an expired transaction that is mined after all is proved', async () => {
    // The node keeps it, but nothing else gets through for over an hour.
    scene.spoil('/tx/send', loseAnswer);
    await scene.driver.work();
    scene.world.wait(61 * 60_000);
    scene.spoil(
      '/tx/',
      rewrite(() => '{"status":"pending","block_height":null}'),
    );
    await scene.driver.look();
    expect(scene.driver.tasks()[0]).toMatchObject({ state: 'expired', reason: { code: 'tx_rejected' } });
    scene.heal();
    await scene.blocks(1);
    await scene.assertProved(1);
  });
});

describe('stale work', () => {
  it('is never submitted: a result that waited for the node too long is given up with its reason', async () => {
    scene.spoil('/nonce', refuse);
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_connection_lost' });
    for (let block = 0; block < 4; block++) await scene.world.block();
    scene.heal();
    await scene.driver.look();
    expect(scene.driver.tasks()[0]).toMatchObject({
      state: 'abandoned',
      reason: { code: 'compute_cancelled' },
    });
    expect(scene.sent).toEqual([]);
  });

  describe('where the nonce is long in coming', () => {
    /** A result on its way to the node, whose answer about the nonce comes when it is let through. */
    const onItsWay = async () => {
      let letThrough = () => {};
      const isAnswered = new Promise<void>((resolve) => {
        letThrough = resolve;
      });
      const isAsked = new Promise<void>((resolve) => {
        const late: Fault = async (exchange) => {
          resolve();
          await isAnswered;
          await pass(exchange);
        };
        scene.spoil('/nonce', late, 1);
      });
      const working = scene.driver.work();
      await isAsked;
      return {
        letThrough: () => {
          letThrough();
          return working;
        },
      };
    };

    it('is not signed when blocks came meanwhile', async () => {
      const { letThrough } = await onItsWay();
      const { height } = scene.driver.tip().block.header;
      for (let block = 0; block < 4; block++) await scene.world.block();
      const looking = scene.driver.look();
      await vi.waitFor(() => expect(scene.driver.tip().block.header.height).toBe(height + 4));
      expect(await letThrough()).toMatchObject({ state: 'computed', accountNonce: null });
      await looking;
      expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['abandoned']);
      expect(scene.sent).toEqual([]);
    });

    it('is not signed when the machine slept meanwhile, which nothing else has noticed yet', async () => {
      const { letThrough } = await onItsWay();
      scene.skewMs = 145_000;
      expect(await letThrough()).toMatchObject({ state: 'computed', accountNonce: null });
      expect(scene.sent).toEqual([]);
    });

    it('is not signed when blocks came that could not be read, and goes with the next that can be', async () => {
      const { letThrough } = await onItsWay();
      const lost = new AppError('node_connection_lost', 'The connection was lost.');
      scene.driver.headError = toErrorReport(lost);
      expect(await letThrough()).toMatchObject({ state: 'computed', accountNonce: null });
      expect(scene.sent).toEqual([]);
      await scene.blocks(1);
      scene.driver.headError = null;
      await scene.blocks(1);
      await scene.assertProved(1);
    });
  });
});

describe('a task that a block holds from another program with this key', () => {
  /** Another program's result for the task of the tip; the next block takes it. */
  const elsewhere = async (taskId: string, nonce = 0) => {
    const payload = resultPayload(ALICE, { task_id: taskId });
    const result = transaction(ALICE, nonce, { type: 'SUBMIT_RESULT', to: null, amount: 0n, payload });
    expect(await send(scene.world.ownUrl, result)).toMatchObject({ status: 'received' });
  };
  const ofTip = () => {
    const { block, hash } = scene.driver.tip();
    const { height } = block.header;
    return { blockHeight: height, blockHash: hash, taskId: taskId(hash, parseAddress(ALICE.address), 0, 8) };
  };

  it('is not paid for again: a result that waited is given up with its reason', async () => {
    scene.spoil('/nonce', refuse);
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'node_connection_lost' });
    await elsewhere(ofTip().taskId);
    scene.heal();
    await scene.blocks(2);
    expect(scene.driver.tasks()[0]).toMatchObject({
      state: 'abandoned',
      reason: { code: 'task_already_done' },
    });
    expect(scene.sent).toEqual([]);
  });

  it('is not signed anew where that result took the nonce of ours', async () => {
    scene.spoil('/tx/send', refuse);
    await scene.driver.work();
    await elsewhere(ofTip().taskId);
    scene.heal();
    await scene.blocks(2);
    expect(scene.driver.tasks()[0]).toMatchObject({ state: 'superseded' });
    expect(new Set(scene.sent).size).toBe(1);
  });

  it('is known after a start too, though the block was taken in before it', async () => {
    const account = parseAddress(ALICE.address);
    const planned = { ...ofTip(), chapter: 1, account, taskNonce: 0, matrixSize: 8 };
    scene.driver.journal.plan(planned);
    await elsewhere(planned.taskId);
    await scene.blocks(1);
    scene.crash();
    await scene.restart();
    const task = scene.driver.tasks()[0];
    if (task === undefined) throw new Error('no task');
    const computed = scene.driver.journal.move(task, 'computed', {
      resultHash: 'ab'.repeat(32),
      proof: '{}',
    });
    expect(await scene.driver.submissions.submit(computed)).toMatchObject({
      state: 'abandoned',
      reason: { code: 'task_already_done' },
    });
    expect(scene.sent).toEqual([]);
  });

  it('and a nonce that was asked for ahead and is taken since: the result goes with the next one', async () => {
    scene.driver.submissions.prepare(parseAddress(ALICE.address));
    await elsewhere('550e8400-e29b-41d4-a716-446655440000');
    await scene.world.block();
    // Once the block was taken in: it may hold a result for this very task.
    expect(await scene.driver.work()).toMatchObject({ state: 'computed', reason: null });
    await scene.blocks(3);
    expect(scene.driver.tasks().map(({ state, accountNonce }) => [state, accountNonce])).toEqual([
      ['proved', 1n],
    ]);
  });

  it('is not signed while that one is under way, and given up once a block has it', async () => {
    await scene.mine(1);
    scene.sent = [];
    await elsewhere(ofTip().taskId, 1);
    await expect(scene.driver.work()).rejects.toMatchObject({
      code: 'key_busy_elsewhere',
      params: { nonce: '1' },
    });
    await scene.blocks(1);
    expect(scene.driver.tasks()[1]).toMatchObject({
      state: 'abandoned',
      reason: { code: 'task_already_done' },
    });
    expect(scene.sent).toEqual([]);
  });

  it('is not that of another transaction under way: the result goes once a block has taken that one', async () => {
    await scene.mine(1);
    await send(scene.world.ownUrl, transaction(ALICE, 1));
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'key_busy_elsewhere' });
    await scene.blocks(2);
    expect(scene.driver.tasks().map(({ state, accountNonce }) => [state, accountNonce])).toEqual([
      ['proved', 0n],
      ['proved', 2n],
    ]);
  });

  it('is not another task: the results of this one go on', async () => {
    await elsewhere('550e8400-e29b-41d4-a716-446655440000');
    await scene.blocks(1);
    await scene.driver.work();
    await scene.blocks(1);
    expect(scene.driver.tasks().map(({ state }) => state)).toEqual(['proved']);
  });
});
