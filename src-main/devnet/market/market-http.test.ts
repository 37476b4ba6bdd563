import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock/virtual-clock';
import { type Market, startMarket } from './market';
import { offer, SMALL, TestCustomer } from './test-customer';

const MATRIX = { challenge_type: 'matrix_mult', rows: 1, inner: 2, columns: 1, a: 'AQI=', b: 'AwQ=' };
let market: Market;
let customer: TestCustomer;
const clock = new VirtualClock();
const now = clock.now() / 1000;

beforeEach(async () => {
  market = await startMarket({ port: 0, path: ':memory:', clock });
  customer = new TestCustomer(market.url);
});
afterEach(() => market.close());

describe('POST /tasks', () => {
  it('gives the task an id, and says when', async () => {
    const { status, body } = await customer.post('/tasks', offer());
    expect(status).toBe(200);
    expect(body).toEqual({
      task_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      status: 'pending',
      created_at: now,
    });
  });

  it('takes a payload that does not repeat the challenge’s type', async () => {
    const { challenge_type, ...payload } = MATRIX;
    expect(await customer.post('/tasks', offer(payload, { challenge_type }))).toMatchObject({ status: 200 });
  });

  it.each([
    ['a number for a reward', { reward: 10 }, 'reward'],
    ['a reward with an exponent', { reward: '1e3' }, 'reward'],
    ['a negative reward', { reward: '-1' }, 'reward'],
    ['a deadline in the past', { deadline: now - 1 }, 'deadline'],
    ['a deadline that is now', { deadline: now }, 'deadline'],
    ['a deadline of text', { deadline: '4000000000' }, 'deadline'],
    ['a deadline between seconds', { deadline: 4e9 + 0.5 }, 'deadline'],
    ['no payload', { payload: undefined }, 'payload'],
    ['a payload of text', { payload: 'x' }, 'payload'],
    ['an unknown challenge', { challenge_type: 'proof_of_work' }, 'challenge_type'],
    ['another challenge than the payload', { challenge_type: 'matrix_mult' }, 'challenge_type'],
    ['a short seed', { payload: { ...SMALL, seed: 'ab' } }, 'seed'],
    ['a size of text', { payload: { ...SMALL, matrix_size: '8' } }, 'matrix_size'],
    ['size 0', { payload: { ...SMALL, matrix_size: 0 } }, 'matrix_size'],
    ['size 16385', { payload: { ...SMALL, matrix_size: 16385 } }, 'matrix_size'],
    ['1025 iterations', { payload: { ...SMALL, iterations: 1025 } }, 'iterations'],
    ['another commitment', { payload: { ...SMALL, commitment: 'mock' } }, 'commitment'],
  ])('refuses %s, and names it', async (_, change, field) => {
    const { status, body } = await customer.post('/tasks', offer(SMALL, change));
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc: expect.arrayContaining(['body', field]) }] });
  });

  it.each([
    ['matrices that are not of the sizes', { rows: 2 }],
    ['what is no base64', { a: 'AQ!=' }],
    ['no matrix', { b: undefined }],
  ])('refuses %s', async (_, change) => {
    expect(await customer.post('/tasks', offer({ ...MATRIX, ...change }))).toMatchObject({ status: 422 });
  });

  it('refuses bodies that are no JSON, no text, or too large', async () => {
    for (const body of ['', '{', '[]', 'null', '"x"', '1', `${'['.repeat(100_000)}`])
      expect(await customer.post('/tasks', body)).toMatchObject({ status: 422 });
    expect(await customer.post('/tasks', new Uint8Array([0xff, 0xfe]))).toMatchObject({ status: 400 });
    expect(await customer.post('/tasks', offer(), 'text/plain')).toMatchObject({ status: 422 });
    const large = await customer.post('/tasks', 'x'.repeat((16 << 20) + 1)).catch(() => ({ status: 413 }));
    expect(large.status).toBe(413);
    expect(await customer.get('/tasks')).toMatchObject({ body: { total: 0 } });
  });
});

describe('GET /tasks', () => {
  it('knows no task by any other id', async () => {
    for (const id of ['x', '550e8400-e29b-41d4-a716-446655440000', '%00', '..%2f'])
      expect(await customer.get(`/tasks/${id}`)).toEqual({ status: 404, body: { detail: 'Task not found' } });
    expect(await customer.get('/nothing')).toMatchObject({ status: 404 });
    expect(await customer.get('/tasks/x/y')).toMatchObject({ status: 404 });
    expect(await customer.post('/tasks/x', {})).toMatchObject({ status: 405 });
  });

  it('lists oldest first, a part at a time, of a kind', async () => {
    const ids: string[] = [];
    for (const payload of [SMALL, MATRIX, SMALL, SMALL]) ids.push(await customer.create(payload));
    const idsOf = async (query: string) => {
      const { body } = await customer.get(`/tasks?${query}`);
      const { tasks, ...rest } = body as { tasks: { task_id: string }[] };
      return [tasks.map(({ task_id }) => ids.indexOf(task_id)), rest];
    };
    expect(await idsOf('')).toEqual([[0, 1, 2, 3], { total: 4, limit: 50, offset: 0 }]);
    expect(await idsOf('challenge_type=synthetic&limit=2&offset=1')).toEqual([
      [2, 3],
      { total: 3, limit: 2, offset: 1 },
    ]);
    expect(await idsOf('status=pending&limit=1')).toEqual([[0], { total: 4, limit: 1, offset: 0 }]);
    expect(await idsOf('status=completed')).toEqual([[], { total: 0, limit: 50, offset: 0 }]);
  });

  it.each(['status=done', 'challenge_type=x', 'limit=0', 'limit=501', 'limit=x', 'offset=-1', 'offset=1.5'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await customer.get(`/tasks?${query}`);
      expect(status).toBe(422);
      expect(body).toMatchObject({ detail: [{ loc: ['query', query.split('=')[0]] }] });
    },
  );
});
