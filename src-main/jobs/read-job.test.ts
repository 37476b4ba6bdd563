import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, readFrame } from './read-job';

const TASK = '5f0c1d8e-0000-0000-0000-0123456789ab';
const SYNTHETIC = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 64 };
const GIVEN = { challenge_type: 'matrix_mult', rows: 1, inner: 2, columns: 1, a: 'AQI=', b: 'AwQ=' };
const MIB = 1 << 20;

const frameOf = (payload: unknown, others: object = {}) =>
  JSON.stringify({ type: 'job', job_id: 'j1', task_id: TASK, payload, ...others });
const read = (payload: unknown, others: object = {}) => readFrame(frameOf(payload, others), MIB);
const codeOf = (frame: Frame) => (frame.kind === 'refused' ? frame.code : frame.kind);

describe('a frame from a validator', () => {
  it('is a job with what its payload leaves out filled in, null or absent', () => {
    const frame = read({ ...SYNTHETIC, iterations: null });
    if (frame.kind !== 'job') throw new Error(frame.kind);
    expect(frame.job).toMatchObject({
      jobId: 'j1',
      taskId: TASK,
      payload: {
        challenge: 'synthetic',
        shape: { rows: 64, inner: 64, columns: 64 },
        iterations: 1,
        commitment: 'merkle',
      },
    });
    const given = read(GIVEN);
    expect(given).toMatchObject({
      kind: 'job',
      job: { payload: { returnOutput: false, commitment: 'merkle' } },
    });
  });

  it('is the same job however it is written, and another where anything that counts differs', () => {
    const digest = (payload: unknown, others: object = {}) => {
      const frame = read(payload, others);
      return frame.kind === 'job' ? frame.job.digest : frame.kind;
    };
    const same = digest(SYNTHETIC);
    expect(
      digest({ extra: 1, iterations: 1, commitment: 'merkle', ...SYNTHETIC, seed: 'AB'.repeat(32) }),
    ).toBe(same);
    const others = [
      digest({ ...SYNTHETIC, matrix_size: 65 }),
      digest({ ...SYNTHETIC, iterations: 2 }),
      digest({ ...SYNTHETIC, commitment: 'flat' }),
      digest(SYNTHETIC, { task_id: randomUUID() }),
      digest(GIVEN),
      digest({ ...GIVEN, return_output: true }),
    ];
    expect(new Set([same, ...others]).size).toBe(7);
  });

  it.each([
    ['a seed of another length', { ...SYNTHETIC, seed: 'ab' }],
    ['a seed that is no hex', { ...SYNTHETIC, seed: 'xy'.repeat(32) }],
    ['a number as text', { ...SYNTHETIC, matrix_size: '64' }],
    ['a size of nothing', { ...SYNTHETIC, matrix_size: 0 }],
    ['a size past the limit', { ...SYNTHETIC, matrix_size: 16385 }],
    ['a size that is not whole', { ...SYNTHETIC, matrix_size: 1.5 }],
    ['iterations past the limit', { ...SYNTHETIC, iterations: 1025 }],
    ['another commitment', { ...SYNTHETIC, commitment: 'tree' }],
    ['a matrix of another length', { ...GIVEN, a: 'AQID' }],
    ['a matrix that is no base64', { ...GIVEN, a: 'A*I=' }],
    ['padding in the midst', { ...GIVEN, a: 'A=I=' }],
    ['base64 without its padding', { ...GIVEN, a: 'AQI' }],
    ['sizes far beyond its matrices', { ...GIVEN, rows: 16384, inner: 16384, columns: 16384 }],
    ['a switch that is no boolean', { ...GIVEN, return_output: 'true' }],
  ])('with %s is refused as invalid', (_, payload) => {
    expect(codeOf(read(payload))).toBe('invalid_job');
  });

  it('with no payload, or no UUID for a task, is refused as invalid', () => {
    for (const payload of [undefined, null, 7, 'x', []])
      expect(['invalid_job', 'unsupported']).toContain(codeOf(read(payload)));
    expect(codeOf(read(SYNTHETIC, { task_id: undefined }))).toBe('invalid_job');
    expect(codeOf(read(SYNTHETIC, { task_id: 'task-1' }))).toBe('invalid_job');
    expect(codeOf(read(SYNTHETIC, { task_id: 7 }))).toBe('invalid_job');
  });

  it('with a challenge nobody knows is refused as unsupported', () => {
    expect(codeOf(read({ challenge_type: 'hashcash' }))).toBe('unsupported');
  });

  it('whose answer would not fit into a frame is refused before anything is computed', () => {
    const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');
    const wide = {
      challenge_type: 'matrix_mult',
      rows: 1024,
      inner: 1,
      columns: 1024,
      a: zeros(1024),
      b: zeros(1024),
    };
    expect(codeOf(read(wide))).toBe('job');
    expect(codeOf(read({ ...wide, return_output: true }))).toBe('too_large');
    expect(codeOf(readFrame(frameOf({ ...wide, return_output: true }), 8 * MIB))).toBe('job');
  });

  it('that can not be answered is ignored, with what it was', () => {
    expect(readFrame('{', MIB)).toEqual({ kind: 'ignored', what: 'no JSON' });
    expect(readFrame('{"type":"welcome"}', MIB)).toEqual({ kind: 'ignored', what: '"welcome"' });
    expect(readFrame('[1]', MIB)).toEqual({ kind: 'ignored', what: 'a frame without a type' });
    for (const job_id of [undefined, '', 7, 'x'.repeat(257)])
      expect(codeOf(read(SYNTHETIC, { job_id }))).toBe('ignored');
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), (payload) => {
        readFrame(payload, MIB);
        expect(['job', 'refused']).toContain(readFrame(frameOf(JSON.parse(payload)), MIB).kind);
      }),
    );
    const nested = `{"type":"job","job_id":"j","payload":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(codeOf(readFrame(nested, MIB))).not.toBe('job');
  });
});
