import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../e2e/driver/world/strict-csv';
import { TASK_STATES } from '../ipc/task-state';
import { type ExportedTask, type ExportFormat, exportedObject, exportText } from './task-export';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const whole = fc.maxSafeNat();
/** Up to 40 digits. */
const big = fc.bigInt({ min: 0n, max: 10n ** 40n - 1n }).map(String);
const time = fc.integer({ min: 0, max: 4e12 });
const task: fc.Arbitrary<ExportedTask> = fc.record({
  taskId: text,
  account: text,
  state: fc.constantFrom(...TASK_STATES),
  blockHeight: whole,
  blockHash: text,
  taskNonce: whole,
  matrixSize: whole,
  byHand: fc.boolean(),
  engine: fc.constantFrom('cpu', 'webgpu', null),
  computeMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
  resultHash: fc.option(text),
  feeUnits: fc.option(big),
  accountNonce: fc.option(big),
  txHash: fc.option(text),
  confirmedHeight: fc.option(whole),
  confirmedTxIndex: fc.option(whole),
  reason: fc.option(
    fc.record({
      code: fc.constant('tx_rejected' as const),
      message: text,
      remedy: fc.constant('none' as const),
      retryable: fc.boolean(),
      params: fc.constant({}),
    }),
  ),
  createdAtMs: time,
  updatedAtMs: time,
});
const pages = fc.array(fc.array(task, { maxLength: 4 }), { maxLength: 4 });

async function* inPages<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

async function written(format: ExportFormat, all: readonly ExportedTask[][]): Promise<string> {
  let whole = '';
  for await (const piece of exportText(format, inPages(all))) whole += piece;
  return whole;
}

describe('exported tasks', () => {
  it('are read back exactly from JSON, page by page or at once', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (all) => {
        const json = await written('json', all);
        expect(JSON.parse(json)).toEqual(
          all.flat().map((one) => JSON.parse(JSON.stringify(exportedObject(one)))),
        );
        expect(await written('json', [all.flat()])).toBe(json);
      }),
    );
  });

  it('are read back exactly from CSV, but for apostrophes that keep a spreadsheet from computing', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (all) => {
        const csv = await written('csv', all);
        expect(csv.startsWith('\uFEFF')).toBe(true);
        const [head, ...rows] = parseCsv(csv.slice(1));
        expect(rows).toHaveLength(all.flat().length);
        for (const [index, one] of all.flat().entries()) {
          const object = exportedObject(one);
          expect(head).toEqual(Object.keys(object));
          for (const [column, value] of Object.values(object).entries()) {
            const plain = value === null ? '' : String(value);
            expect([plain, `'${plain}`]).toContain(rows[index]?.[column]);
          }
        }
      }),
    );
  });

  it('have every digit of fees and nonces, and times that any program reads', async () => {
    const [one] = fc.sample(task, { seed: 1, numRuns: 1 });
    if (one === undefined) throw new Error('no task');
    const given = {
      ...one,
      feeUnits: '2100000000000000000000',
      accountNonce: '9007199254740993',
      createdAtMs: Date.UTC(2026, 10, 26, 8, 5, 1, 7),
      updatedAtMs: 9e15,
    };
    expect(exportedObject(given)).toMatchObject({
      fee_units: '2100000000000000000000',
      account_nonce: '9007199254740993',
      created_at: '2026-11-26T08:05:01.007Z',
      updated_at: null,
    });
    expect(await written('csv', [[given]])).toContain(',2100000000000000000000,9007199254740993,');
  });

  it('are a whole file where there are none', async () => {
    expect(JSON.parse(await written('json', []))).toEqual([]);
    expect(parseCsv((await written('csv', [[]])).slice(1))).toHaveLength(1);
  });
});
