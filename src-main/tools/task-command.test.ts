import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Market, startMarket } from '../devnet/market/market';
import { type Behaviour, TestWorker } from '../devnet/market/test-worker';
import { runTask } from './task-command';

let market: Market;
beforeEach(async () => {
  market = await startMarket({ port: 0, path: ':memory:' });
});
afterEach(() => market.close());

const run = (...args: string[]) => runTask([...args, '--market', market.url]);

async function withWorker<T>(behaviour: Behaviour, act: () => Promise<T>): Promise<T> {
  const worker = await TestWorker.connect(market.worker, behaviour);
  try {
    return await act();
  } finally {
    worker.drop();
  }
}

describe('task', () => {
  it('creates a small synthetic task where nothing more is said, and shows it', async () => {
    const { exitCode, output } = await run('create');
    expect(exitCode).toBe(0);
    expect(output).toMatchObject({ status: 'pending', task_id: expect.any(String) });
    const { task_id } = output as { task_id: string };
    expect(await run('show', task_id)).toEqual({
      exitCode: 0,
      output: { task_id, status: 'pending', result: null },
      message: null,
    });
    expect(await run('list', '--status', 'pending', '--challenge-type', 'synthetic')).toMatchObject({
      exitCode: 0,
      output: { total: 1, tasks: [{ task_id, reward: '10.0' }] },
    });
  });

  it.each([
    ['synthetic', ['--size', '9', '--seed', 'ab'.repeat(32), '--iterations', '2', '--commitment', 'flat']],
    ['matrix_mult', ['--rows', '3', '--inner', '5', '--columns', '7', '--output', '--reward', '1.5']],
  ])('waits until a %s task is completed', async (challenge_type, options) => {
    const end = await withWorker(
      (job, worker) => worker.answer(job),
      () => run('create', '--wait', ...options),
    );
    expect(end).toMatchObject({ exitCode: 0, output: { status: 'completed', audit: 'full' }, message: null });
    expect(await run('list')).toMatchObject({ output: { tasks: [{ challenge_type }] } });
  });

  it('ends with 1 where the task fails, and says why', async () => {
    const end = await withWorker(
      (job, worker) => worker.answer(job, { result_hash: 'ab'.repeat(32) }),
      () => run('create', '--wait'),
    );
    expect(end).toMatchObject({
      exitCode: 1,
      output: { status: 'failed', reason: expect.stringContaining('does not audit') },
      message: expect.stringContaining('failed'),
    });
  });

  it('waits no longer than told', async () => {
    expect(await run('create', '--wait', '--timeout', '1')).toMatchObject({
      exitCode: 1,
      output: { status: 'pending' },
      message: 'The task is still pending after 1 s.',
    });
  });

  it.each([
    ['show', 'x'],
    ['create', '--seed', 'ab'],
    ['create', '--commitment', 'mock'],
    ['create', '--reward', 'much'],
    ['list', '--status', 'done'],
  ])('ends with 1 and the market’s words where it refuses: %s %s %s', async (...args) => {
    expect(await run(...args.filter((arg) => arg !== undefined))).toMatchObject({
      exitCode: 1,
      output: null,
      message: expect.stringMatching(/refused: 4(04|22)/),
    });
  });

  it('says how to start a market where there is none', async () => {
    const end = await runTask(['list', '--market', 'http://127.0.0.1:9']);
    expect(end).toMatchObject({ exitCode: 1, message: expect.stringContaining('--market-port 8080') });
  });

  it.each([
    [],
    ['destroy'],
    ['show'],
    ['show', 'one', 'two'],
    ['create', 'x'],
    ['create', '--size', '0'],
    ['create', '--size', '16385'],
    ['create', '--size', 'x'],
    ['create', '--iterations', '1025'],
    ['create', '--output'],
    ['create', '--rows', '4', '--seed', 'ab'],
    ['create', '--deadline', '0'],
    ['create', '--timeout', '5'],
    ['create', '--status', 'pending'],
    ['create', '--market', 'ftp://x'],
    ['create', '--unknown'],
    ['list', '--wait'],
  ])('ends with 2 and the usage for bad arguments: %s %s %s', async (...args) => {
    const end = await runTask(args.filter((arg) => arg !== undefined));
    expect(end).toMatchObject({ exitCode: 2, output: null, message: expect.stringContaining('Usage: task') });
  });
});
