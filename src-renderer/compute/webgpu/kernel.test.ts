import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNEL_NAMES } from '../../../src-shared/ipc/kernel-choice';
import { generateKernel, kernelsFor } from './kernel';
import { packVectors } from './pack';

const size = fc.integer({ min: 1, max: 16_384 });

describe.each(KERNEL_NAMES)('the %s kernel', (name) => {
  it('is written out for any shape, padded to whole tiles and whole words of k', () => {
    fc.assert(
      fc.property(size, size, size, (rows, inner, columns) => {
        const kernel = generateKernel(name, { rows, inner, columns });
        const { code, paddedRows, paddedColumns, words, tile } = kernel;
        for (const [padded, needed] of [
          [paddedRows, rows],
          [paddedColumns, columns],
        ] as const) {
          expect(padded % tile).toBe(0);
          expect(padded).toBeGreaterThanOrEqual(needed);
          expect(padded - needed).toBeLessThan(tile);
        }
        expect(words * 4).toBeGreaterThanOrEqual(inner);
        expect(code).not.toMatch(/\/\/#|\{[A-Z_]+\}/);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the variants of an adapter', () => {
  it('are all those its WGSL can express', () => {
    expect(kernelsFor(false, new Set(['packed_4x8_integer_dot_product']))).toEqual([...KERNEL_NAMES]);
    expect(kernelsFor(false, new Set())).not.toContain('dp4a-tiled');
  });

  it('on a software adapter are the register variant alone', () => {
    expect(kernelsFor(true, new Set(['packed_4x8_integer_dot_product']))).toEqual(['registers']);
  });
});

describe('packed operands', () => {
  it('have four consecutive k in a word and zeros around', () => {
    const packed = packVectors(Int8Array.from([1, -2, 3, 4, 5, -6, 7, 8, 9]), 3, 4, 2);
    expect([...packed.subarray(0, 8)]).toEqual([1, 254, 3, 0, 0, 0, 0, 0]);
    expect([...packed.subarray(8, 16)]).toEqual([4, 5, 250, 0, 0, 0, 0, 0]);
    expect(packed).toHaveLength(32);
    expect(packed.subarray(24).every((byte) => byte === 0)).toBe(true);
  });
});
