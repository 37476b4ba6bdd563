import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Address, parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import { parseJson } from '../../src-shared/chain/json';
import { NETWORKS } from '../../src-shared/chain/network';
import { parseTransaction, transactionHash, verifyTransaction } from '../../src-shared/chain/transaction';
import { AppError } from '../../src-shared/errors';
import type { NodeClient, SendAnswer } from '../chain/node-client';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import { ALICE, BOB } from '../devnet/test-network';
import type { Account } from '../keys/account';
import { Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import type { FeeCeiling } from './fee-ceiling';
import { Journal } from './journal';
import type { HeldNonce } from './lost-tasks';
import { type HandOrder, Sender } from './sender';
import type { TaskRecord } from './task-record';

const ACCOUNT = parseAddress(ALICE.address);
const OTHER = parseAddress(BOB.address);
const RESULT_FEE = 80_000_000n;
const HOUR = 3_600_000;
const { devnet } = NETWORKS;

let folder = '';
let database: Database;
let clock: VirtualClock;
let journal: Journal;
let chapter: number;
let sender: Sender;
/** What the node says of the next nonce, the last of it from then on. */
let nonces: (bigint | AppError)[];
let asked: Address[];
/** The account's next nonce by the blocks of the node alone, and how high those are. */
let nonceInChain: bigint;
let nodeHeight: number;
/** How often the node was asked how high. */
let looks: number;
let answers: (SendAnswer | Error)[];
let bodies: string[];
let used: Map<string, bigint>;
/** What the ceiling was asked. */
let fees: [string, bigint][];
let ceilingError: AppError | null;
let busy: AppError | null;
let keyError: Error | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sender-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  clock = new VirtualClock(5_000_000);
  journal = new Journal(database, clock.now);
  chapter = new Chapters(database).begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0).id;
  [nonces, asked, answers, bodies, fees] = [[6n], [], [], [], []];
  [nonceInChain, nodeHeight, looks] = [6n, 7, 0];
  used = new Map();
  ceilingError = busy = keyError = null;
  const node = {
    url: 'http://node',
    requireFree: () => {
      if (busy !== null) throw busy;
    },
    pendingNonce: async (address: Address) => {
      asked.push(address);
      const next = nonces.length > 1 ? nonces.shift() : nonces[0];
      if (typeof next !== 'bigint') throw next;
      return next;
    },
    balance: async () => ({ nonce: nonceInChain }),
    status: async () => {
      looks += 1;
      return { height: nodeHeight };
    },
    send: async (body: string) => {
      bodies.push(body);
      const answer = answers.shift() ?? { status: 'received' };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const account = {
    withPrivateKey: async (act: (key: Uint8Array, from: Address) => unknown, from: Address) => {
      if (keyError !== null) throw keyError;
      return act(ALICE.key, from);
    },
  };
  const ceiling = {
    require: (...fee: [string, bigint]) => {
      fees.push(fee);
      if (ceilingError !== null) throw ceilingError;
    },
  };
  sender = new Sender({
    node: node as unknown as NodeClient, // all that is asked of it
    journal,
    account: account as unknown as Account, // likewise
    ceiling: ceiling as unknown as FeeCeiling, // likewise
    now: clock.now,
    jumps: new WallJumps(clock),
    usedUpTo: (address) => used.get(address) ?? null,
  });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const plan = (taskId: string, account = ACCOUNT) => ({
  chapter,
  account,
  taskId,
  blockHeight: 7,
  blockHash: parseBlockHash('b'.repeat(64)),
  taskNonce: 3,
  matrixSize: 16,
});

function computed(taskId = 'one'): TaskRecord {
  const planned = journal.plan(plan(taskId));
  if (planned === null) throw new Error('planned twice');
  return journal.move(planned, 'computed', { resultHash: 'c'.repeat(64), proof: '0100' });
}

/** A task whose transaction a node may hold for a nonce. */
function holding(taskId: string, accountNonce: bigint): TaskRecord {
  const reserved = journal.move(computed(taskId), 'reserved', { accountNonce });
  return journal.move(journal.move(reserved, 'signed', { raw: '{}' }), 'sent', { sends: 1 });
}

const submit = (task = computed(), wants = () => true) =>
  sender.submit(task, devnet, { wants, hasTaken: (height) => height <= 7 });
const now = (taskId = 'one') => journal.byTaskId(taskId, chapter);
const states = (task: TaskRecord) => journal.history(task).map(({ state }) => state);

/** Fails with this, and nothing was signed, kept or sent. */
async function assertNothingSent(submitting: Promise<unknown>, error: object): Promise<void> {
  await expect(submitting).rejects.toMatchObject(error);
  expect(bodies).toEqual([]);
  expect(now()).toMatchObject({ state: 'computed', accountNonce: null, raw: null, sends: 0 });
}

describe('a result that is submitted', () => {
  it('is signed for the next nonce at exactly its fee, kept, and sent once', async () => {
    const sent = await submit();
    const [body = ''] = bodies;
    const transaction = parseTransaction(parseJson(body));
    expect(transaction).toMatchObject({
      type: 'SUBMIT_RESULT',
      from: ACCOUNT,
      to: null,
      amount: 0n,
      nonce: 6n,
      fee: RESULT_FEE,
      gasPrice: 1000n,
      gasLimit: 80_000n,
      payload: {
        task_id: 'one',
        worker_address: ACCOUNT,
        result_hash: 'c'.repeat(64),
        proof: '0100',
        nonce: { token: '3' },
      },
    });
    expect(verifyTransaction(transaction)).toBe(true);
    expect(bodies).toHaveLength(1);
    expect(fees).toEqual([[ACCOUNT, RESULT_FEE]]);
    expect(sent).toMatchObject({
      state: 'in_pool',
      accountNonce: 6n,
      feeUnits: RESULT_FEE,
      raw: body,
      txHash: transactionHash(transaction),
      sends: 1,
      lastSentAt: 5_000_000,
      reason: null,
    });
    expect(states(sent)).toEqual(['planned', 'computed', 'reserved', 'signed', 'sent', 'in_pool']);
  });

  it.each([
    ['asked about further', () => undefined],
    ['the next after what blocks hold', () => used.set(ACCOUNT, 5n)],
  ])(
    'is left as it is where it is not wanted once its nonce is known, which is %s',
    async (_which, known) => {
      known();
      const task = computed();
      expect(await submit(task, () => asked.length === 0)).toBe(task);
      expect([asked, fees, bodies]).toEqual([[ACCOUNT], [], []]);
      expect(now()?.state).toBe('computed');
    },
  );

  it('is not signed past the ceiling, nor for a node that is not to be asked', async () => {
    ceilingError = new AppError('fee_ceiling_reached', '');
    await assertNothingSent(submit(), { code: 'fee_ceiling_reached' });
    ceilingError = null;
    busy = new AppError('node_busy', '');
    await assertNothingSent(submit(now() ?? undefined), { code: 'node_busy' });
  });

  it('keeps why it could not be signed where that is for want of a key', async () => {
    for (const code of ['keychain_locked', 'key_missing', 'passphrase_wrong'] as const) {
      keyError = new AppError(code, 'no key');
      await assertNothingSent(submit(now() ?? undefined), { code });
      expect(now()?.reason).toMatchObject({ code, message: 'no key' });
    }
  });

  it('keeps nothing of another failure to sign', async () => {
    keyError = new AppError('internal', 'broken');
    await assertNothingSent(submit(), { code: 'internal' });
    expect(now()?.reason).toBeNull();
  });
});

describe('the answer to what was sent', () => {
  it.each<[string, string, string | null]>([
    ['already_in_pool', 'in_pool', null],
    ['insufficient_balance', 'rejected', 'tx_insufficient_balance'],
    ['no such thing', 'rejected', 'tx_rejected'],
    ['nonce_too_low', 'sent', 'tx_nonce_too_low'],
    ['mempool_full', 'sent', 'tx_mempool_full'],
  ])('%j leaves the task %s', async (word, state, code) => {
    answers = [{ status: 'rejected', word }];
    const sent = await submit();
    expect([sent.state, sent.reason?.code ?? null, sent.sends]).toEqual([state, code, 1]);
    expect(now()).toEqual(sent);
  });

  it('that does not come leaves it sent: nobody knows whether it arrived', async () => {
    answers = [new AppError('node_timeout', 'late')];
    expect(await submit()).toMatchObject({ state: 'sent', sends: 1, reason: { code: 'node_timeout' } });
  });

  it('that fails otherwise is a mistake of the program’s, and is thrown', async () => {
    answers = [new Error('a mistake')];
    await expect(submit()).rejects.toThrow('a mistake');
    expect(now()?.state).toBe('sent');
  });
});

describe('the nonce of a transaction', () => {
  const signedFor = async (task?: TaskRecord) => (await submit(task)).accountNonce;

  it('is the first from the node’s on that no live task holds', async () => {
    for (const nonce of [6n, 7n, 9n]) holding(`held ${nonce}`, nonce);
    expect(await signedFor()).toBe(8n);
    expect(asked).toHaveLength(1);
  });

  it('is none that a block used, whoever signed for it: a node that says so knows too little', async () => {
    used.set(ACCOUNT, 6n);
    await assertNothingSent(submit(), {
      code: 'node_bad_answer',
      remedy: 'wait',
      params: { url: 'http://node' },
    });
    used.set(ACCOUNT, 5n);
    expect(await signedFor(now() ?? undefined)).toBe(6n);
  });

  it('is after the highest that the journal or the blocks know, whichever is higher', async () => {
    const confirmed = journal.move(holding('old', 6n), 'confirmed', {
      confirmedHeight: 8,
      confirmedIndex: 0,
    });
    expect(confirmed.state).toBe('confirmed');
    for (const known of [undefined, 4n]) {
      if (known !== undefined) used.set(ACCOUNT, known);
      await assertNothingSent(submit(now() ?? undefined), { code: 'node_bad_answer' });
    }
    used.set(ACCOUNT, 9n);
    nonces = [9n];
    await assertNothingSent(submit(now() ?? undefined), { code: 'node_bad_answer' });
    nonces = [10n];
    expect(await signedFor(now() ?? undefined)).toBe(10n);
  });

  it('is not 0 once a block has used that', async () => {
    journal.move(holding('old', 0n), 'confirmed', { confirmedHeight: 8, confirmedIndex: 0 });
    nonces = [0n];
    await assertNothingSent(submit(), { code: 'node_bad_answer' });
  });

  it('that leaves some out is believed only where the node says so twice, and blocks have used those', async () => {
    used.set(ACCOUNT, 5n);
    nonces = [8n, 6n];
    await assertNothingSent(submit(), {
      code: 'node_bad_answer',
      remedy: 'wait',
      params: { url: 'http://node' },
    });
    expect(asked).toHaveLength(2);
    nonces = [8n];
    nonceInChain = 8n;
    expect(await signedFor(now() ?? undefined)).toBe(8n);
    expect(asked).toHaveLength(4);
  });

  it('waits for what another program with the key has under way, known here or not', async () => {
    for (const known of [undefined, 5n]) {
      if (known !== undefined) used.set(ACCOUNT, known);
      nonces = [7n];
      await assertNothingSent(submit(now() ?? undefined), {
        code: 'key_busy_elsewhere',
        remedy: 'wait',
        params: { nonce: '6' },
      });
    }
    nonceInChain = 7n;
    expect(await signedFor(now() ?? undefined)).toBe(7n);
  });

  it('waits for a block that was not taken in: it may hold a result for the task', async () => {
    nodeHeight = 8;
    const task = computed();
    expect(await submit(task)).toBe(task);
    nodeHeight = 7;
    expect(await signedFor(task)).toBe(6n);
    expect(looks).toBe(2);
  });

  it('is not one that blocks have used meanwhile', async () => {
    nonceInChain = 7n;
    await assertNothingSent(submit(), { code: 'node_bad_answer' });
  });

  it('is asked about no further once the result is not wanted', async () => {
    const task = computed();
    expect(await submit(task, () => false)).toBe(task);
    expect([looks, bodies]).toEqual([0, []]);
  });

  it('waits for nobody where it is for a job: that is one program’s alone', async () => {
    used.set(ACCOUNT, 5n);
    nonces = [8n, 9n];
    const planned = journal.plan({ ...plan('job'), job: 1 });
    if (planned === null) throw new Error('planned twice');
    const job = journal.move(planned, 'computed', { resultHash: 'c'.repeat(64), proof: '0100' });
    await expect(submit(job)).rejects.toMatchObject({ code: 'node_bad_answer' });
    nonces = [8n];
    expect(await submit(job, () => false)).toBe(job);
    expect(bodies).toEqual([]);
    expect(await signedFor(job)).toBe(8n);
    expect([asked.length, looks]).toEqual([6, 0]);
  });

  it('is believed at once where what it leaves out is held by our own', async () => {
    used.set(ACCOUNT, 5n);
    for (const nonce of [6n, 7n]) holding(`held ${nonce}`, nonce);
    nonces = [8n];
    expect(await signedFor()).toBe(8n);
    expect(asked).toHaveLength(1);
  });

  describe('that something may have been signed for, whose record was damaged', () => {
    const heldAs = (held: HeldNonce) => vi.spyOn(journal, 'heldNonces').mockReturnValue([held]);

    it.each([6n, null])('is held for an hour (%s)', async (nonce) => {
      heldAs({ nonce, atMs: clock.now() });
      const held = { code: 'tx_nonce_held', remedy: 'wait', params: { nonce: '6' } };
      await assertNothingSent(submit(), held);
      await clock.advance(HOUR);
      await assertNothingSent(submit(now() ?? undefined), held);
      await clock.advance(1);
      expect(await signedFor(now() ?? undefined)).toBe(6n);
    });

    it('does not hold another one', async () => {
      heldAs({ nonce: 7n, atMs: clock.now() });
      expect(await signedFor()).toBe(6n);
    });
  });
});

describe('a nonce that was asked for ahead', () => {
  it('is used once, and asked for once a block', async () => {
    nonces = [6n, 7n];
    sender.prepare(ACCOUNT);
    sender.prepare(ACCOUNT);
    expect(asked).toHaveLength(1);
    expect((await submit()).accountNonce).toBe(6n);
    expect(asked).toHaveLength(1);
    expect((await submit(computed('two'))).accountNonce).toBe(7n);
    expect(asked).toHaveLength(2);
  });

  it('is used where it is the very first, and where it is after those that blocks used', async () => {
    nonces = [0n, 7n];
    nonceInChain = 0n;
    sender.prepare(ACCOUNT);
    expect((await submit()).accountNonce).toBe(0n);
    used.set(ACCOUNT, 6n);
    sender.prepare(ACCOUNT);
    expect((await submit(computed('two'))).accountNonce).toBe(7n);
    expect(asked).toHaveLength(2);
  });

  it('is asked for when it is needed where it did not come ahead', async () => {
    nonces = [new AppError('node_timeout', ''), 6n];
    sender.prepare(ACCOUNT);
    expect((await submit()).accountNonce).toBe(6n);
  });

  it('holds for the block it was asked beside and the next, and is asked for again with a new one', async () => {
    sender.blockTaken();
    sender.prepare(ACCOUNT);
    sender.blockTaken();
    sender.blockTaken();
    await submit();
    expect(asked).toHaveLength(1);
    sender.prepare(ACCOUNT);
    sender.blockTaken();
    sender.prepare(ACCOUNT);
    expect(asked).toHaveLength(3);
    for (let block = 0; block < 3; block += 1) sender.blockTaken();
    await submit(computed('two'));
    expect(asked).toHaveLength(4);
  });

  it('is of no use to another account, nor where a block used it since, nor where it did not come', async () => {
    sender.prepare(OTHER);
    sender.prepare(ACCOUNT);
    expect(asked).toEqual([OTHER, ACCOUNT]);
    sender.prepare(OTHER);
    await submit();
    expect(asked).toEqual([OTHER, ACCOUNT, OTHER, ACCOUNT]);
    nonces = [7n, 8n];
    sender.prepare(ACCOUNT);
    used.set(ACCOUNT, 7n);
    expect((await submit(computed('two'))).accountNonce).toBe(8n);
    nonces = [new AppError('node_timeout', ''), 9n];
    sender.prepare(ACCOUNT);
    expect((await submit(computed('three'))).accountNonce).toBe(9n);
  });
});

describe('what a person sends themselves', () => {
  const order = (change: Partial<HandOrder> = {}): HandOrder => ({
    ...plan('order'),
    byHand: true,
    resultHash: null,
    proof: null,
    transfer: { to: OTHER, amountUnits: 12n },
    ...change,
  });

  it('is a transfer, in the journal signed or not at all, and never held back by the ceiling', async () => {
    ceilingError = new AppError('fee_ceiling_reached', '');
    const sent = await sender.submitByHand(order(), devnet);
    const transaction = parseTransaction(parseJson(bodies[0] ?? ''));
    expect(transaction).toMatchObject({ type: 'TRANSFER', to: OTHER, amount: 12n, nonce: 6n, payload: {} });
    expect(transaction.fee).toBe(21_000_000n);
    expect(verifyTransaction(transaction)).toBe(true);
    expect(sent).toMatchObject({
      state: 'in_pool',
      byHand: true,
      accountNonce: 6n,
      feeUnits: 21_000_000n,
      sends: 1,
      lastSentAt: 5_000_000,
    });
    expect(fees).toEqual([]);
  });

  it('is not sent a second time', async () => {
    await sender.submitByHand(order(), devnet);
    expect(await sender.submitByHand(order(), devnet)).toBeNull();
    expect(bodies).toHaveLength(1);
  });

  it('is a result too, with what it found', async () => {
    const result = { resultHash: 'd'.repeat(64), proof: '0101', transfer: null };
    const sent = await sender.submitByHand(order(result), devnet);
    expect(sent).toMatchObject({ ...result, feeUnits: RESULT_FEE });
    expect(parseTransaction(parseJson(bodies[0] ?? '')).payload).toMatchObject({ proof: '0101' });
  });

  it('leaves nothing behind where it could not be sent', async () => {
    busy = new AppError('node_busy', '');
    await expect(sender.submitByHand(order(), devnet)).rejects.toMatchObject({ code: 'node_busy' });
    busy = null;
    keyError = new AppError('key_missing', '');
    await expect(sender.submitByHand(order(), devnet)).rejects.toMatchObject({ code: 'key_missing' });
    keyError = null;
    const proof = '0100';
    for (const part of [{}, { resultHash: 'd'.repeat(64) }, { proof }]) {
      const bare = order({ transfer: null, ...part });
      await expect(sender.submitByHand(bare, devnet)).rejects.toThrow('task order has no result to sign');
    }
    expect([now('order'), bodies]).toEqual([null, []]);
  });
});

describe('what is sent again', () => {
  it('is the same bytes, one send more, at a time of its own', async () => {
    answers = [new AppError('node_timeout', '')];
    const sent = await submit();
    await clock.advance(700);
    const again = await sender.transmit(sent);
    expect(again).toMatchObject({ state: 'in_pool', sends: 2, lastSentAt: 5_000_700, reason: null });
    const third = await sender.transmit(again ?? sent);
    expect(third).toMatchObject({ state: 'in_pool', sends: 3 });
    expect(bodies).toEqual([sent.raw, sent.raw, sent.raw]);
    expect(states(sent).slice(4)).toEqual(['sent', 'in_pool', 'sent', 'in_pool']);
  });

  it('is in the pool, and nothing is wrong with it, where the node has it already', async () => {
    answers = [new AppError('node_timeout', ''), { status: 'rejected', word: 'already_in_pool' }];
    const again = await sender.transmit(await submit());
    expect(again).toMatchObject({ state: 'in_pool', sends: 2, reason: null });
  });

  it.each<[string, Partial<TaskRecord>]>([
    ['are gone', { raw: null }],
    ['are no JSON', { raw: '{' }],
    ['have another hash than was kept', { txHash: 'e'.repeat(64) }],
    ['are for another nonce than was kept', { accountNonce: 7n }],
  ])('is nothing where the bytes %s: the task is set aside', async (_why, change) => {
    const sent = await submit();
    expect(await sender.transmit({ ...sent, ...change })).toBeNull();
    expect(bodies).toHaveLength(1);
    expect(now()).toBeNull();
  });

  it('is nothing that its sender did not sign', async () => {
    const sent = await submit();
    // The last signature in it, over the transaction; the one before is the result's own.
    const spoilt = String(sent.raw).replace(/("nonce":6,"signature":")[0-9a-f]{8}/, '$100000000');
    expect(spoilt).not.toBe(sent.raw);
    expect(await sender.transmit({ ...sent, raw: spoilt })).toBeNull();
    expect(bodies).toHaveLength(1);
  });
});
