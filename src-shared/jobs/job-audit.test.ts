import { base64 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/poc-job-vectors.json';
import { auditJob, type JobAnswer, type JobVerdict } from './job-audit';
import { jobOperands } from './job-operands';
import { payloadSchema } from './payload';
import { recomputeCost, recomputeJob } from './recompute-job';

type Vector = {
  readonly payload: object;
  readonly result_hash: string;
  readonly proof: string | null;
  readonly output?: string | null;
};
const cases: readonly Vector[] = [...vectors.given, ...vectors.synthetic];
const merkle = cases.filter(({ proof }) => proof !== null);
const bare = cases.filter(({ proof }) => proof === null);
const shown = vectors.given.filter(({ payload, output }) => payload.return_output && output !== null);

const decode = (text: string) => base64.decode(text);

function run<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function audit(
  vector: Vector,
  change: Partial<JobAnswer> = {},
  wishes: { full?: boolean; mostCost?: number } = {},
): JobVerdict {
  const payload = payloadSchema.parse(vector.payload);
  const answer = {
    resultHash: vector.result_hash,
    proof: vector.proof,
    output: vector.output ?? null,
    ...change,
  };
  return run(auditJob(payload, answer, { full: false, mostCost: 2 ** 30, decode, ...wishes }));
}

const name = ({ payload, proof }: Vector) =>
  `${JSON.stringify(payload).replace(/"[ab]":"[^"]*",/g, '')} ${proof === null ? 'bare' : 'with a proof'}`;

describe('the audit of a job', () => {
  it.each(cases.map((vector) => [name(vector), vector] as const))('passes %s', (_, vector) => {
    expect(audit(vector).ok).toBe(true);
    expect(audit(vector, {}, { full: true })).toEqual({ ok: true, kind: 'full' });
  });

  it.each(cases.map((vector) => [name(vector), vector] as const))('fails another hash of %s', (_, vector) => {
    expect(audit(vector, { resultHash: 'ab'.repeat(32) }).ok).toBe(false);
    expect(audit(vector, { resultHash: vector.result_hash.toUpperCase() }).ok).toBe(false);
    expect(audit(vector, { resultHash: 'ab'.repeat(32) }, { full: true }).ok).toBe(false);
  });

  it('samples what opens rows, and does all again what opens none', () => {
    for (const vector of merkle.filter((one) => !('output' in one && one.output)))
      expect(audit(vector)).toEqual({ ok: true, kind: 'sampled' });
    for (const vector of bare) expect(audit(vector)).toEqual({ ok: true, kind: 'full' });
  });

  it('says so where there is nothing to sample and doing it again costs too much', () => {
    const flat = vectors.synthetic.filter(({ proof }) => proof === null);
    for (const vector of flat) expect(audit(vector, {}, { mostCost: 0 })).toEqual({ ok: true, kind: 'none' });
  });

  it('fails where a byte of a path is changed, a proof opens too little, or is none', () => {
    for (const vector of merkle.filter(({ proof }) => (proof ?? '').length > 32)) {
      const proof = vector.proof ?? '';
      const spoilt = `${proof.slice(0, -2)}${proof.endsWith('00') ? '01' : '00'}`;
      expect(audit(vector, { proof: spoilt })).toMatchObject({ ok: false });
    }
    for (const vector of merkle) {
      expect(audit(vector, { proof: '01000000'.concat((vector.proof ?? '').slice(8, 32)) }).ok).toBe(false);
      expect(audit(vector, { proof: 'zz' }).ok).toBe(false);
      expect(audit(vector, { proof: null }, { mostCost: 0 }).ok).toBe(
        'output' in vector && vector.output !== null,
      );
    }
  });

  it('fails an asked-for product that is missing, cut short, or of other numbers', () => {
    expect(shown.length).toBeGreaterThan(2);
    for (const vector of shown) {
      const output = vector.output ?? '';
      const other = base64.encode(decode(output).map((byte, index) => (index === 0 ? byte ^ 1 : byte)));
      for (const spoilt of [null, '', '!', output.slice(4), other])
        expect(audit(vector, { output: spoilt })).toMatchObject({ ok: false });
    }
  });
});

describe('a job done again', () => {
  it('never takes a long step, and costs what it is said to', () => {
    const payload = payloadSchema.parse({
      challenge_type: 'synthetic',
      seed: '00'.repeat(32),
      matrix_size: 1024,
    });
    const steps = recomputeJob('merkle', 2, (iteration) => jobOperands(payload, iteration, decode));
    let count = 0;
    while (!steps.next().done) count += 1;
    expect(count).toBeGreaterThan(2 * 1024);
    expect(recomputeCost(payload.shape, 2)).toBeGreaterThan(2 * 1024 ** 3);
  });
});
