import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import matrix from '../fixtures/matrix-mult-v1-vectors.json';
import { MerkleCommitment } from './commitment';
import { encodeProof, openedRows, parseProof, parseProofHeader } from './proof';

const seed = new Uint8Array(32).fill(7);

function commitmentOf(n: number): MerkleCommitment {
  const commitment = new MerkleCommitment(n, seed);
  for (let row = 0; row < n; row += 1)
    commitment.addRow(Int32Array.from({ length: n }, (_, j) => row * n + j));
  return commitment;
}

describe('a proof', () => {
  it.each(matrix.cases)('of size $matrix_size with k = $k reads as the vector says', (vector) => {
    const { proof, result_hash, block_height: blockHeight, matrix_size: matrixSize, k: opened } = vector;
    const parsed = parseProof(proof, result_hash, hexToBytes(vector.seed), {
      opened,
      matrixSize,
      blockHeight,
    });
    expect(parsed.rows.map(({ row }) => row)).toEqual(vector.opened_rows);
    expect(openedRows(hexToBytes(result_hash), hexToBytes(vector.seed), opened, matrixSize)).toEqual(
      vector.opened_rows,
    );
  });

  it('reads back as what was encoded', () => {
    const sizes = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(sizes, fc.nat({ max: 30 }), fc.maxSafeNat(), (n, opened, blockHeight) => {
        const commitment = commitmentOf(n);
        const header = { opened, matrixSize: n, blockHeight };
        const hex = encodeProof(commitment, seed, header);
        const proof = parseProof(hex, bytesToHex(commitment.root), seed, header);
        expect(proof).toMatchObject(header);
        for (const { row, path } of proof.rows) expect(path).toEqual(commitment.path(row));
      }),
    );
  });

  const commitment = commitmentOf(13);
  const root = bytesToHex(commitment.root);
  const hex = encodeProof(commitment, seed, { opened: 3, matrixSize: 13, blockHeight: 5 });

  it.each([
    ['a trailing byte', `${hex}00`, '1 bytes follow its end'],
    ['a missing byte', hex.slice(0, -2), 'are needed'],
    ['half a byte', hex.slice(0, -1), 'it is not hex'],
    ['no hex', `${hex.slice(0, -1)}g`, 'it is not hex'],
    ['no hex at its front', `g${hex.slice(1)}`, 'it is not hex'],
    ['nothing', '', 'shorter than its header'],
    ['only a piece of header', hex.slice(0, 30), 'shorter than its header'],
    ['another version', `02${hex.slice(2)}`, 'its version is 2, not 1'],
    ['another commitment', `0101${hex.slice(4)}`, 'its commitment kind is 1, not 0'],
    ['another k', `010002${hex.slice(6)}`, 'bytes follow its end'],
    ['size 0', `${hex.slice(0, 8)}00000000${hex.slice(16)}`, 'its matrix size is 0'],
    ['size 16385', `${hex.slice(0, 8)}01400000${hex.slice(16)}`, 'its matrix size is 16385'],
    ['a height beyond 2^53', `${hex.slice(0, 16)}ffffffffffffffff${hex.slice(32)}`, 'its block height is'],
  ])('with %s is refused', (_, bad, why) => {
    const invalid = () => parseProof(bad, root, seed);
    expect(invalid).toThrow(expect.objectContaining({ code: 'invalid_proof' }));
    expect(invalid).toThrow(why);
  });

  it.each([
    ['size 1', 1, 5n],
    ['size 16384', 16_384, 5n],
    ['the highest height', 13, BigInt(Number.MAX_SAFE_INTEGER)],
  ])('with %s has a header that reads', (_, size, height) => {
    const bytes = Buffer.from(hex, 'hex');
    bytes.writeUInt32LE(size, 4);
    bytes.writeBigUInt64LE(height, 8);
    expect(parseProofHeader(bytes.toString('hex'))).toEqual({
      opened: 3,
      matrixSize: size,
      blockHeight: Number(height),
    });
    bytes.writeBigUInt64LE(2n ** 53n, 8);
    expect(() => parseProofHeader(bytes.toString('hex'))).toThrow('block height is 9007199254740992');
  });

  it('is nothing but its header where it opens no row', () => {
    const empty = encodeProof(commitment, seed, { opened: 0, matrixSize: 13, blockHeight: 258 });
    expect(empty).toBe('01000000' + '0d000000' + '0201000000000000');
    expect(parseProof(empty, root, seed)).toEqual({
      opened: 0,
      matrixSize: 13,
      blockHeight: 258,
      rows: [],
    });
  });

  it('opens no more rows than its header can say', () => {
    const one = commitmentOf(1);
    const encode = (opened: number) => encodeProof(one, seed, { opened, matrixSize: 1, blockHeight: 0 });
    expect(encode(65_535)).toBe('0100ffff' + '01000000' + '0000000000000000');
    for (const opened of [-1, 65_536, 1.5, Number.NaN]) {
      expect(() => encode(opened)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
    }
  });

  it.each([root.toUpperCase(), root.slice(1), `${root}0`, `g${root.slice(1)}`])(
    'is refused under %s, which is no root',
    (bad) => {
      expect(() => parseProof(hex, bad, seed)).toThrow('64 lower-case hex characters');
    },
  );

  it.each([
    [{ opened: 4 }, 'opens 3 rows'],
    [{ matrixSize: 14 }, 'matrices of 13'],
    [{ blockHeight: 6 }, 'names block 5'],
  ])('is refused where %j was expected', (expected, why) => {
    expect(() => parseProof(hex, root, seed, expected)).toThrow(why);
  });

  it('names its block before anything else of it can be read', () => {
    expect(parseProofHeader(hex)).toEqual({ opened: 3, matrixSize: 13, blockHeight: 5 });
  });
});
