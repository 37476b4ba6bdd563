import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import jobVectors from '../../src-shared/fixtures/poc-job-vectors.json';
import { decodeMatrices } from './given-matrices';
import { MatricesFolder } from './matrices-folder';

const SHAPE = { rows: 3, inner: 5, columns: 2 };
const base64 = (bytes: number, fill: number) => Buffer.alloc(bytes, fill).toString('base64');
const MATRICES = decodeMatrices(SHAPE, { a: base64(15, 200), b: base64(10, 7) });

let profile: string;
let folder: string;
let errors: unknown[];
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'matrices-'));
  folder = join(profile, 'matrices');
  errors = [];
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

const open = () => new MatricesFolder(folder, (error) => errors.push(error));
/** As after a start: nothing is held in memory. */
const opened = (...named: string[]) => {
  const matrices = open();
  matrices.sweep(new Set(named));
  return matrices;
};

describe('the matrices that a job gives', () => {
  it.each(jobVectors.given)(
    'have the seed of the reference: $payload.rows × $payload.inner × $payload.columns',
    ({ payload, seed }) => {
      const { rows, inner, columns } = payload;
      const matrices = decodeMatrices({ rows, inner, columns }, payload);
      expect([matrices.a.length, matrices.b.length]).toEqual([rows * inner, inner * columns]);
      expect(Buffer.from(matrices.seed).toString('hex')).toBe(seed);
    },
  );
});

describe('the folder of matrices', () => {
  it('gives them back as they were, now and after a start', async () => {
    const matrices = open();
    const file = await matrices.write(MATRICES);
    expect(matrices.read(file, SHAPE)).toEqual(MATRICES);
    expect(opened(file).read(file, SHAPE)).toEqual(MATRICES);
    expect(opened(file).bytes).toBe(25);
  });

  it('holds one in memory, and others up to 24 MiB in all: what is more comes back from the disk', async () => {
    const matrices = open();
    const more = { a: new Int8Array(24 << 20), b: new Int8Array(1), seed: new Uint8Array(32) };
    const [first, large] = [await matrices.write(MATRICES), await matrices.write(more)];
    const second = await matrices.write(MATRICES);
    rmSync(folder, { recursive: true });
    for (const held of [first, second]) expect(matrices.read(held, SHAPE)).toEqual(MATRICES);
    expect(() => matrices.read(large, { rows: 1, inner: 24 << 20, columns: 1 })).toThrow(folder);
    expect(matrices.bytes).toBe((24 << 20) + 51);
  });

  it('is its owner’s alone', async () => {
    const file = await open().write(MATRICES);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it('keeps each by itself, also those that are the same', async () => {
    const matrices = open();
    const [one, other] = [await matrices.write(MATRICES), await matrices.write(MATRICES)];
    matrices.remove(one);
    await expect.poll(() => readdirSync(folder)).toEqual([other]);
    expect(matrices.bytes).toBe(25);
    expect(matrices.read(other, SHAPE)).toEqual(MATRICES);
  });

  it('is swept of what no job names, as after a crash between a file and its row', async () => {
    const matrices = open();
    const [named, orphan] = [await matrices.write(MATRICES), await matrices.write(MATRICES)];
    writeFileSync(join(folder, 'something else'), 'x');
    opened(named);
    expect(readdirSync(folder)).toEqual([named]);
    expect(existsSync(join(folder, orphan))).toBe(false);
  });

  it.each([
    ['shorter', 24, 200],
    ['longer', 26, 200],
    ['other bytes', 25, 201],
  ])('does not take for matrices what was changed: %s', async (_, bytes, fill) => {
    const file = await open().write(MATRICES);
    writeFileSync(join(folder, file), Buffer.alloc(bytes, fill));
    expect(() => opened(file).read(file, SHAPE)).toThrow('damaged');
  });

  it('says what the disk says: of a file that is gone, and of a folder that can not be', async () => {
    const file = await open().write(MATRICES);
    rmSync(join(folder, file));
    expect(() => opened(file).read(file, SHAPE)).toThrow();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    const blocked = open();
    await expect(blocked.write(MATRICES)).rejects.toMatchObject({ code: 'profile_unwritable' });
    expect(blocked.bytes).toBe(0);
  });
});
