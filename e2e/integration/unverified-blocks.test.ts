import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE, resultPayload, transaction } from '../../src-main/devnet/test-network';
import { parseAddress } from '../../src-shared/chain/address';
import { serializeTransaction } from '../../src-shared/chain/transaction';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import { JournalScene } from '../driver/miner/journal-scene';
import { type Fault, pass, refuse, rewrite } from '../driver/world/faults';

let scene: JournalScene;
beforeEach(async () => {
  scene = await JournalScene.open();
});
afterEach(() => scene.close());

/** From now on the node takes no transaction, and shows one in a block that does not hold it; its receipts say so too. */
function forge(height: number, tx: string): void {
  const forged = rewrite((text) => {
    const block = JSON.parse(text) as { txs: unknown[] }; // l1-protocol.md, "Blocks"
    return JSON.stringify({ ...block, txs: [...block.txs, JSON.parse(tx)] });
  });
  const receipt: Fault = ({ response }) => {
    const text = JSON.stringify({ status: 'confirmed', block_height: height, error: null });
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  };
  scene.world.front.fault = (path) => {
    if (path === `/block/${height}`) return forged;
    if (path === '/tx/send') return refuse;
    return path.endsWith('/receipt') ? receipt : pass;
  };
}

const states = () => scene.driver.tasks().map(({ state }) => state);
const tipHeight = () => scene.driver.tip().block.header.height;

describe('a block that does not add up', () => {
  it('confirms nothing that is in it, though the node’s receipt names it', async () => {
    scene.spoil('/tx/send', refuse);
    await scene.driver.work();
    const [raw = ''] = scene.sent;
    await scene.blocks(1);
    const height = tipHeight();
    forge(height, raw);
    const before = scene.world.front.requests.length;
    await scene.blocks(4);
    expect(scene.world.front.requests.slice(before)).toContain(`/block/${height}`);
    expect(states()).toEqual(['sent']);
    scene.heal();
    await scene.blocks(4);
    await scene.assertProved(1);
  });

  it('is not taken in among those of a time when the app was closed', async () => {
    scene.spoil('/tx/send', refuse);
    await scene.driver.work();
    const [raw = ''] = scene.sent;
    const between = tipHeight() + 1;
    for (let block = 0; block < 3; block++) await scene.world.block();
    forge(between, raw);
    await expect(scene.driver.look()).rejects.toMatchObject({
      code: 'block_invalid',
      params: { height: between },
    });
    expect(states()).toEqual(['sent']);
    scene.heal();
    await scene.blocks(4);
    await scene.assertProved(1);
  });

  it('takes no task, which is sent all the same after a start', async () => {
    const account = parseAddress(ALICE.address);
    const { block, hash } = scene.driver.tip();
    const { height } = block.header;
    const ofTip = { blockHeight: height, blockHash: hash, taskId: taskId(hash, account, 0, 8) };
    const planned = scene.driver.journal.plan({
      ...ofTip,
      chapter: 1,
      account,
      taskNonce: 0,
      matrixSize: 8,
    });
    if (planned === null) throw new Error('planned twice');
    await scene.blocks(1);
    const payload = resultPayload(ALICE, { task_id: planned.taskId });
    const result = transaction(ALICE, 0, { type: 'SUBMIT_RESULT', to: null, amount: 0n, payload });
    forge(height, serializeTransaction(result));
    scene.crash();
    const before = scene.world.front.requests.length;
    await scene.restart();
    expect(scene.world.front.requests.slice(before)).toContain(`/block/${height}`);
    scene.heal();
    const [task = planned] = scene.driver.tasks();
    const computed = scene.driver.journal.move(task, 'computed', {
      resultHash: 'ab'.repeat(32),
      proof: '{}',
    });
    expect(await scene.driver.submissions.submit(computed)).toMatchObject({ state: 'in_pool' });
    await scene.blocks(1);
    await scene.assertProved(1);
  });
});
