import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runVerifyVectors } from './vector-checks';

const FIXTURES = fileURLToPath(new URL('../../src-shared/fixtures', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vectors-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The failures left after a change to a copy of one fixture. */
async function failuresAfter(file: string, change: (text: string) => string): Promise<readonly string[]> {
  cpSync(FIXTURES, folder, { recursive: true });
  rmSync(join(folder, 'matrix-mult-v1-vectors.json'));
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  const { failed, lines } = await runVerifyVectors([folder]);
  expect(failed).toBe(lines.length);
  return lines;
}

describe('verify-vectors', () => {
  it('passes all the reference data', { timeout: 60_000 }, async () => {
    const { passed, failed, lines } = await runVerifyVectors([FIXTURES]);
    expect(lines).toEqual([]);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThan(500);
  });

  it('reports a changed transaction hash by its place', async () => {
    const lines = await failuresAfter('protocol-vectors.json', (text) =>
      text.replace(/"hash": "5fd9/, '"hash": "0000'),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/protocol-vectors\.json transactions\[0\] hash: expected "0000/);
  });

  it.each([
    ['"valid": true', '"valid": false'],
    ['"high_s": true', '"high_s": false'],
    ['"canonical": null', '"canonical": ""'],
    ['"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"', '"cpc1w508d6qejxtdg4y5r3zarvary0c5xw7k32stzz"'],
    ['"private_key": "0000', '"private_key": "zzzz'],
    ['"merkle":', '"something_new":'],
  ])('fails where %s becomes %s', async (from, to) => {
    const lines = await failuresAfter('protocol-vectors.json', (text) => text.replace(from, to));
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['blocks/block-123.json', '"amount":0', '"amount":1'],
    ['blocks/block-122.json', '"pq_signature":"d2', '"pq_signature":"d3'],
    ['blocks/expected.json', '"results": 6', '"results": 5'],
    ['blocks/validators.json', '"pq_pub_key":"03', '"pq_pub_key":"02'],
    ['blocks/block-122.json', '{', ''],
  ])('fails on a tampered %s', async (file, from, to) => {
    expect(await failuresAfter(file, (text) => text.replace(from, to))).not.toEqual([]);
  });

  it('fails on a gap between what is expected and the blocks there are', async () => {
    cpSync(join(FIXTURES, 'blocks'), folder, { recursive: true });
    rmSync(join(folder, 'block-125.json'));
    const { lines } = await runVerifyVectors([folder]);
    expect(lines.join('\n')).toContain('block 125 is there');
  });

  it('checks a single block against the files beside it', async () => {
    const { failed, passed } = await runVerifyVectors([join(FIXTURES, 'blocks', 'block-127.json')]);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThan(10);
  });

  it('fails on a matrix case with any field changed', async () => {
    const path = join(folder, 'matrix.json');
    const vectors = JSON.parse(readFileSync(join(FIXTURES, 'matrix-mult-v1-vectors.json'), 'utf8'));
    const [first] = vectors.cases;
    for (const field of Object.keys(first)) {
      const value: unknown = first[field];
      const changed =
        typeof value === 'number' ? value + 1 : Array.isArray(value) ? [...value, 0] : `${value}0`;
      writeFileSync(path, JSON.stringify({ cases: [{ ...first, [field]: changed }] }));
      expect((await runVerifyVectors([path])).failed, field).toBeGreaterThan(0);
    }
    writeFileSync(path, JSON.stringify({ mock: [{ seed: '00'.repeat(32), result_hash: '' }] }));
    expect((await runVerifyVectors([path])).failed).toBe(1);
  });

  it.each([
    ['{"something":"else"}', 'none of the known kinds'],
    ['[]', 'not a JSON object'],
    ['{', 'JSON'],
  ])('fails on the file %s', async (text, why) => {
    const path = join(folder, 'unknown.json');
    writeFileSync(path, text);
    const { failed, lines } = await runVerifyVectors([path]);
    expect(failed).toBe(1);
    expect(lines[0]).toContain(why);
  });

  it('fails on a missing path, an empty folder and no path at all', async () => {
    expect((await runVerifyVectors([join(folder, 'nowhere')])).lines[0]).toContain('ENOENT');
    expect((await runVerifyVectors([folder])).lines[0]).toContain('no vector files');
    expect((await runVerifyVectors([])).failed).toBe(1);
  });
});
