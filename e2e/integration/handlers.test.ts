import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/clock/clock';
import { startDevnet } from '../../src-main/devnet/devnet';
import { blockHandlers } from '../../src-main/ipc/handlers/block-handlers';
import { graphicsHandlers } from '../../src-main/ipc/handlers/graphics-handlers';
import { keyHandlers } from '../../src-main/ipc/handlers/key-handlers';
import { minerHandlers } from '../../src-main/ipc/handlers/miner-handlers';
import { nodeHandlers } from '../../src-main/ipc/handlers/node-handlers';
import { settingsHandlers } from '../../src-main/ipc/handlers/settings-handlers';
import { taskHandlers } from '../../src-main/ipc/handlers/task-handlers';
import { walletHandlers } from '../../src-main/ipc/handlers/wallet-handlers';
import type { TaskRecord } from '../../src-main/submissions/task-record';
import { runReceiptVerify } from '../../src-main/tools/receipt-command';
import { parseReceipt } from '../../src-shared/receipt/receipt';
import { verifyReceipt } from '../../src-shared/receipt/verify-receipt';
import { DevnetScene } from '../driver/miner/devnet-scene';

const FROM_WINDOW = { window: 1, signal: new AbortController().signal };

let scene: DevnetScene;

const folder = mkdtempSync(join(tmpdir(), 'receipts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  scene = await DevnetScene.open();
  await scene.start(scene.devnet.url);
});
afterEach(() => scene.close());

/** What a window may ask of the miner that runs now. */
const handlers = () => ({
  ...settingsHandlers(scene.miner),
  ...nodeHandlers(scene.miner, systemClock),
  ...keyHandlers(scene.miner, async () => null),
  ...walletHandlers(scene.miner),
  ...minerHandlers(scene.miner),
  ...graphicsHandlers(scene.miner),
  ...taskHandlers(scene.miner, async (name) => join(folder, name), systemClock),
  ...blockHandlers(scene.miner, systemClock),
});

/** A key, a balance and one proved result, all by what a window asks. */
async function proveOne(): Promise<TaskRecord> {
  const { 'key:create': create, 'faucet:topUp': topUp, 'miner:start': start } = handlers();
  await create({ name: '' }, FROM_WINDOW);
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  await topUp(undefined, FROM_WINDOW);
  await scene.block();
  await start(undefined, FROM_WINDOW);
  await scene.until('in the pool', () => scene.inState('in_pool').length === 1);
  await scene.block();
  await scene.until('proved', () => scene.inState('proved').length === 1);
  const [proved] = scene.inState('proved');
  if (proved === undefined) throw new Error('not proved');
  return proved;
}

describe('the receipt of a result', () => {
  it('is saved, holds by itself and before a node, and shows what of it was changed', async () => {
    const task = await proveOne();
    const { path } = await handlers()['tasks:saveReceipt']({ taskId: task.taskId }, FROM_WINDOW);
    const text = readFileSync(path ?? '', 'utf8');
    const verdict = verifyReceipt(parseReceipt(text));
    expect(verdict).toMatchObject({ ok: true, txHash: task.txHash, height: task.confirmedHeight });
    expect(verdict.checks.map(({ ok }) => ok)).not.toContain('not_checked');
    const asked = await runReceiptVerify([path ?? '', '--node', scene.devnet.url]);
    expect(asked).toMatchObject({ exitCode: 0, message: null });
    expect(asked.lines.join('\n')).toMatch(/✓ block_in_chain.*\n✓ task_block_in_chain/);

    const json = JSON.parse(text);
    const changed: [string, string[]][] = [
      ['compute_root', ['result_in_compute_root', 'block_signature']],
      ['tx_root', ['tx_in_block', 'block_signature']],
      ['state_root', ['block_signature']],
    ].map(([field, checks]) => [
      JSON.stringify({
        ...json,
        block: { ...json.block, header: { ...json.block.header, [String(field)]: 'ab'.repeat(32) } },
      }),
      checks as string[],
    ]);
    const other = (value: string) => (value.startsWith('0') ? `1${value.slice(1)}` : `0${value.slice(1)}`);
    changed.push(
      [JSON.stringify({ ...json, leaves: [other(json.leaves[0])] }), ['result_in_compute_root']],
      [JSON.stringify({ ...json, tx_hashes: [...json.tx_hashes, json.tx_hashes[0]] }), ['tx_in_block']],
      [JSON.stringify({ ...json, task_block: { ...json.task_block, hash: 'ab'.repeat(32) } }), ['task']],
      [
        JSON.stringify({ ...json, block: { ...json.block, signature: other(json.block.signature) } }),
        ['block_signature'],
      ],
      [
        text.replaceAll(task.resultHash ?? '', other(task.resultHash ?? '')),
        ['transaction_signature', 'result_signature', 'tx_in_block', 'result_in_compute_root', 'rows'],
      ],
    );
    for (const [spoilt, wanted] of changed) {
      const { ok, checks } = verifyReceipt(parseReceipt(spoilt));
      expect([ok, checks.filter((one) => one.ok === false).map(({ name }) => name)]).toEqual([false, wanted]);
    }
    const file = join(folder, 'spoilt.json');
    writeFileSync(file, changed[0]?.[0] ?? '');
    expect((await runReceiptVerify([file])).exitCode).toBe(1);
    writeFileSync(file, '{"receipt":"something else"}');
    expect((await runReceiptVerify([file])).lines).toEqual([expect.stringContaining('no receipt')]);
    expect((await runReceiptVerify([])).exitCode).toBe(2);
  });
});

describe('what a window asks', () => {
  it('of a task: its list, its trail, its block by every name, its audit', async () => {
    const task = await proveOne();
    const ask = handlers();
    const query = { states: ['proved' as const], search: task.taskId.slice(0, 8), offset: 0, limit: 10 };
    expect(await ask['tasks:list'](query, FROM_WINDOW)).toMatchObject({
      total: 1,
      tasks: [{ taskId: task.taskId }],
    });
    const trail = await ask['tasks:trail']({ taskId: task.taskId }, FROM_WINDOW);
    expect(trail.history.at(-1)?.state).toBe('proved');
    expect(trail.inclusion?.root).toMatch(/^[0-9a-f]{64}$/);
    const names = [
      { by: 'height' as const, value: String(task.confirmedHeight) },
      { by: 'tx_hash' as const, value: task.txHash?.toUpperCase() ?? '' },
      { by: 'task_id' as const, value: ` ${task.taskId} ` },
    ];
    for (const name of names) {
      const found = await ask['blocks:lookup'](name, FROM_WINDOW);
      expect(found.height).toBe(task.confirmedHeight);
      expect(found.results).toMatchObject([{ taskId: task.taskId, mine: true }]);
    }
    const result = { height: task.confirmedHeight ?? 0, txHash: task.txHash ?? '', mode: 'sampled' as const };
    expect(await ask['results:audit'](result, FROM_WINDOW)).toMatchObject({ ok: true, mode: 'sampled' });
    const cancelled = { window: 1, signal: AbortSignal.abort(new Error('the window is gone')) };
    await expect(ask['results:audit'](result, cancelled)).rejects.toThrow('the window is gone');
  });

  it('and there is not is said by name', async () => {
    const ask = handlers();
    expect(() => ask['tasks:trail']({ taskId: 'none' }, FROM_WINDOW)).toThrowError(
      expect.objectContaining({ code: 'not_found' }),
    );
    expect(() => ask['graphics:release']({ lane: 'lane-9' }, FROM_WINDOW)).toThrowError(
      expect.objectContaining({ code: 'not_found' }),
    );
    await expect(ask['graphics:measure']({ lane: 'lane-9' }, FROM_WINDOW)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(ask['blocks:lookup']({ by: 'height', value: '-1' }, FROM_WINDOW)).rejects.toMatchObject({
      code: 'invalid_height',
    });
    await expect(ask['faucet:topUp'](undefined, FROM_WINDOW)).rejects.toMatchObject({ code: 'key_missing' });
  });

  it('to be set is kept and applied, and another node is gone to', async () => {
    const other = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
    try {
      await other.produceBlock();
      const ask = handlers();
      const before = scene.miner.node.session;
      await ask['settings:update']({ matrixSize: 16 }, FROM_WINDOW);
      expect(scene.miner.node.session).toBe(before);
      await ask['settings:update']({ nodeUrl: other.url }, FROM_WINDOW);
      await scene.until('the other node', ({ node }) => node.session?.head.tip != null);
      expect(scene.miner.node.session?.client.url).toBe(other.url);
      expect(() => ask['settings:update']({ nodeUrl: 'http://node.example' }, FROM_WINDOW)).toThrowError(
        expect.objectContaining({ code: 'insecure_node_url' }),
      );
      expect(scene.miner.settings.current).toMatchObject({ matrixSize: 16, nodeUrl: other.url });
    } finally {
      scene.stop();
      await other.close();
    }
  });

  it('to pause drops the task in hand, and to resume goes on', async () => {
    await proveOne();
    const ask = handlers();
    let open = () => {};
    scene.compute.gate = new Promise((resolve) => {
      open = () => resolve();
    });
    await scene.block();
    await scene.until('a task in hand', ({ compute }) => compute.progress.length > 0);
    await ask['miner:pause']({ preset: 'manual' }, FROM_WINDOW);
    open();
    await scene.until('paused', ({ status }) => status.state.kind === 'paused');
    await scene.until('dropped', () => scene.inState('abandoned').length > 0);
    await ask['miner:resume'](undefined, FROM_WINDOW);
    await scene.block();
    await scene.until('the next', () => scene.inState('in_pool').length > 0);
  });
});
