import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/clock/clock';
import { taskHandlers } from '../../src-main/ipc/handlers/task-handlers';
import { reportAccount } from '../../src-main/wallet/report-account';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { UNITS_PER_CPC } from '../../src-shared/chain/amount';
import { generatePrivateKey, publicKeyOf } from '../../src-shared/chain/key';
import { parseReceipt } from '../../src-shared/receipt/receipt';
import { verifyReceipt } from '../../src-shared/receipt/verify-receipt';
import type { Order, ReviewedOrder } from '../../src-shared/wallet/order';
import { DevnetScene } from '../driver/miner/devnet-scene';

const person = () => {
  const key = generatePrivateKey((length) => new Uint8Array(randomBytes(length)));
  return { address: addressFromPublicKey(publicKeyOf(key)) };
};
const ALICE = person();
const BOB = person();

let scene: DevnetScene;
beforeEach(async () => {
  scene = await DevnetScene.open();
  await scene.fund();
});
afterEach(() => scene.close());

const own = () => scene.miner.account.state.address ?? '';
const FEE = 21_000n * 1000n;
const RESULT_FEE = 80_000n * 1000n;

function transfer(to: string, amount: string | null, from = own()): Promise<ReviewedOrder> {
  return scene.miner.orders.review({ kind: 'transfer', from, to, amount });
}

function result(taskId: string, resultHash: string): Promise<ReviewedOrder> {
  return scene.miner.orders.review({ kind: 'result', from: own(), taskId, resultHash });
}

const balanceOf = async (address: string) => (await scene.miner.node.required.client.balance(address)).units;

const account = (address = own()) => {
  const { miner } = scene;
  const chapter = miner.node.session?.head.binding?.chapter.id ?? 0;
  const key = miner.keys.required(address);
  return reportAccount(miner, chapter, key.address);
};

describe('a transfer', () => {
  it('is shown to the digit, sent as shown, and seen in a verified block', async () => {
    const { order, leftUnits } = await transfer(BOB.address, '1.5');
    const before = await balanceOf(own());
    expect(order).toMatchObject({
      amountUnits: '1500000000000000000',
      feeUnits: String(FEE),
      to: BOB.address,
    });
    expect(BigInt(leftUnits)).toBe(before - 1_500_000_000_000_000_000n - FEE);
    const sent = await scene.miner.orders.send(order);
    expect(sent.arrived).toBe(true);
    expect(account().transfers[0]).toMatchObject({ txHash: sent.txHash, state: 'in_pool', height: null });
    const height = await scene.block();
    await scene.until('seen', () => account().transfers[0]?.height === height);
    expect(await balanceOf(BOB.address)).toBe(1_500_000_000_000_000_000n);
    expect(await balanceOf(own())).toBe(BigInt(leftUnits));
    const { totals, transfers } = account();
    expect(transfers).toMatchObject([
      {
        txHash: sent.txHash,
        to: BOB.address,
        amountUnits: order.kind === 'transfer' ? order.amountUnits : '',
      },
      { to: own(), amountUnits: String(10n * UNITS_PER_CPC) },
    ]);
    expect(totals).toMatchObject({
      receivedUnits: String(10n * UNITS_PER_CPC),
      sentUnits: '1500000000000000000',
      feeUnits: String(FEE),
    });
    // It is no task, and is counted with none.
    expect(scene.tasks()).toEqual([]);
    expect(scene.miner.journal.countSince(0)).toEqual({ computed: 0, accepted: 0, proved: 0 });
    expect(scene.miner.journal.feesSince(scene.miner.keys.required(own()).address, 0)).toEqual([]);
  });

  it('is sent once, however often the same order is given', async () => {
    const { order } = await transfer(BOB.address, '1');
    const [first, ...others] = await Promise.allSettled([
      scene.miner.orders.send(order),
      scene.miner.orders.send(order),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(others).toMatchObject([{ status: 'rejected', reason: { code: 'task_known' } }]);
    await scene.block();
    expect(await balanceOf(BOB.address)).toBe(UNITS_PER_CPC);
  });

  it('of everything leaves nothing, less what is under way', async () => {
    await scene.miner.orders.send((await transfer(BOB.address, '1')).order);
    const { order, leftUnits } = await transfer(ALICE.address, null);
    expect(leftUnits).toBe('0');
    await scene.miner.orders.send(order);
    await scene.block();
    expect(await balanceOf(own())).toBe(0n);
    expect(await balanceOf(BOB.address)).toBe(UNITS_PER_CPC);
    await expect(transfer(BOB.address, null)).rejects.toMatchObject({ code: 'order_not_covered' });
  });

  it.each([
    ['its own address', () => own(), '1', { code: 'invalid_address', params: { fault: 'own' } }],
    ['a validator', () => 'cpcvalcons1qqqq', '1', { code: 'invalid_address', params: { fault: 'prefix' } }],
    [
      'a mistyped address',
      () => `${BOB.address.slice(0, -1)}${BOB.address.endsWith('q') ? 'p' : 'q'}`,
      '1',
      { code: 'invalid_address', params: { fault: 'checksum' } },
    ],
    ['an address that is too short', () => BOB.address.slice(0, -2), '1', { params: { fault: 'length' } }],
    ['nothing', () => BOB.address, '0', { code: 'invalid_amount', params: { fault: 'zero' } }],
    ['less than nothing', () => BOB.address, '-1', { params: { fault: 'negative' } }],
    ['less than a unit', () => BOB.address, '0.0000000000000000001', { params: { fault: 'decimals' } }],
    ['more than there is', () => BOB.address, '10', { code: 'order_not_covered' }],
  ])('to %s is refused before anything is signed', async (_what, to, amount, error) => {
    await expect(transfer(to(), amount)).rejects.toMatchObject(error);
    expect(account().transfers.filter(({ state }) => state !== null)).toEqual([]);
  });

  it('is not signed where the terms are others than those that were shown', async () => {
    const { order } = await transfer(BOB.address, '1');
    for (const change of [{ feeUnits: '1' }, { chainId: 'cpc-mainnet-1' }])
      await expect(scene.miner.orders.send({ ...order, ...change } as Order)).rejects.toMatchObject({
        code: 'order_outdated',
      });
    await expect(scene.miner.orders.send({ ...order, from: BOB.address } as Order)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('shares the nonces with results, and outlives a crash as the same bytes', async () => {
    const { order } = await transfer(BOB.address, '1');
    const sent = await scene.miner.orders.send(order);
    scene.crash();
    await scene.start(scene.devnet.url);
    await scene.block();
    await scene.until('seen', () =>
      account().transfers.some((seen) => seen.txHash === sent.txHash && seen.height !== null),
    );
    expect(await balanceOf(BOB.address)).toBe(UNITS_PER_CPC);
    scene.miner.power.start();
    await scene.until('in the pool', () => scene.inState('in_pool').length === 1);
    await scene.miner.orders.send((await transfer(BOB.address, '1')).order);
    await scene.block();
    expect(await balanceOf(BOB.address)).toBe(2n * UNITS_PER_CPC);
    await scene.until('proved', () => scene.inState('proved').length === 1);
    expect(account().totals?.feeUnits).toBe(String(2n * FEE + RESULT_FEE));
  });
});

describe('a result by hand', () => {
  const HASH = 'ab'.repeat(32);

  it('is signed as typed, proved, and counted neither as computed here nor under the ceiling', async () => {
    const taskId = randomUUID();
    const { order } = await result(` ${taskId.toUpperCase()} `, `0x${HASH.toUpperCase()}`);
    expect(order).toMatchObject({ kind: 'result', taskId, resultHash: HASH, feeUnits: String(RESULT_FEE) });
    await scene.miner.orders.send(order);
    await scene.block();
    await scene.until('proved', () => scene.inState('proved').length === 1);
    expect(scene.tasks()).toMatchObject([{ taskId, resultHash: HASH, byHand: true, engine: null }]);
    expect(scene.miner.journal.countSince(0)).toEqual({ computed: 0, accepted: 1, proved: 1 });
    expect(scene.miner.journal.feesSince(scene.miner.keys.required(own()).address, 0)).toEqual([]);
    const { path } = await taskHandlers(scene.miner, async (name) => join(scene.folder, name), systemClock)[
      'tasks:saveReceipt'
    ]({ taskId }, { window: 1, signal: new AbortController().signal });
    const verdict = verifyReceipt(parseReceipt(readFileSync(path ?? '', 'utf8')));
    // Whose task it was, and whether it is right, nobody can tell from it.
    expect(verdict.ok).toBe(true);
    expect(verdict.checks.filter(({ ok }) => ok !== true).map(({ name, ok }) => [name, ok])).toEqual([
      ['task', 'not_checked'],
      ['rows', 'not_checked'],
    ]);
    await expect(result(taskId, HASH)).rejects.toMatchObject({ code: 'task_known' });
  });

  it.each([
    ['12', HASH, 'invalid_task_id'],
    [randomUUID(), HASH.slice(1), 'invalid_hash'],
    [randomUUID(), `${HASH.slice(1)}g`, 'invalid_hash'],
  ])('of task %s and hash %s is refused', async (taskId, hash, code) => {
    await expect(result(taskId, hash)).rejects.toMatchObject({ code });
  });
});

describe('several keys', () => {
  it('are made and imported beside the one in use, which another can take over from, with a sweep', async () => {
    const { keys, account: active } = scene.miner;
    const first = own();
    const second = await keys.create('savings');
    await expect(keys.create('x'.repeat(3))).resolves.not.toBe(second);
    expect(own()).toBe(first);
    expect(keys.find(second)).toMatchObject({ name: 'savings', origin: 'created', keptAtMs: null });
    const { order, recipientName } = await transfer(second, null);
    expect(recipientName).toBe('savings');
    await scene.miner.orders.send(order);
    await keys.use(second);
    expect(active.state).toMatchObject({ state: 'ready', address: second });
    await scene.block();
    await scene.until('the balance', ({ node }) => (node.session?.balance ?? 0n) > 0n);
    expect(account(first).transfers[0]).toMatchObject({ to: second });
    expect(account(second).totals).toMatchObject({
      receivedUnits: order.kind === 'transfer' ? order.amountUnits : '',
    });
    await keys.forget(first);
    expect(scene.vault.addresses).not.toContain(first);
    await expect(keys.forget(second)).rejects.toMatchObject({ code: 'key_in_use' });
    await expect(keys.use(first)).rejects.toMatchObject({ code: 'not_found' });
  });
});
