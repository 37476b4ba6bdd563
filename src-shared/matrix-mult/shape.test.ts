import { describe, expect, it } from 'vitest';
import { assertShape, equivalentSize, isSmall, operations, sameShape, shapeName, squareShape } from './shape';

const shape = (rows: number, inner: number, columns: number) => ({ rows, inner, columns });

describe('the shape of a product', () => {
  it('is square for a task of the chain', () => {
    expect(squareShape(7)).toEqual({ rows: 7, inner: 7, columns: 7 });
  });

  it('has two operations for each multiplication', () => {
    expect(operations(shape(2, 3, 5))).toBe(60);
    expect(equivalentSize(shape(2, 4, 8))).toBe(4);
    expect(equivalentSize(shape(10, 10, 11))).toBe(10);
  });

  it.each([
    [shape(128, 128, 128), true],
    [shape(129, 128, 128), false],
    [shape(128, 129, 128), false],
    [shape(128, 128, 129), false],
    [shape(128, 1, 128), true],
    [shape(16_384, 1, 1), true],
    [shape(1, 1, 16_384), true],
    [shape(1, 16_384, 1), true],
    [shape(16_385, 1, 1), false],
    [shape(1, 1, 16_385), false],
    [shape(1, 16_385, 1), false],
    [shape(129, 1, 128), false],
    [shape(1, 129, 128), false],
    [shape(128, 129, 1), false],
  ])('%j is small: %s', (one, small) => {
    expect(isSmall(one)).toBe(small);
  });

  it('is the same where all three sizes are', () => {
    const one = shape(1, 2, 3);
    expect(sameShape(one, shape(1, 2, 3))).toBe(true);
    for (const other of [shape(9, 2, 3), shape(1, 9, 3), shape(1, 2, 9)])
      expect(sameShape(one, other)).toBe(false);
  });

  it('is called N where it is square', () => {
    expect(shapeName(shape(5, 5, 5))).toBe(5);
    expect(shapeName(shape(4, 5, 5))).toBe('4 × 5 × 5');
    expect(shapeName(shape(5, 5, 4))).toBe('5 × 5 × 4');
  });

  it('has three whole sizes from 1 to 16384', () => {
    for (const one of [shape(1, 1, 1), shape(16_384, 16_384, 16_384)])
      expect(() => assertShape(one)).not.toThrow();
    for (const wrong of [0, -1, 16_385, 1.5, Number.NaN]) {
      for (const one of [shape(wrong, 1, 1), shape(1, wrong, 1), shape(1, 1, wrong)]) {
        expect(() => assertShape(one)).toThrow(
          expect.objectContaining({
            code: 'invalid_matrix_size',
            remedy: 'fix_input',
            params: { maximum: 16_384 },
          }),
        );
      }
    }
  });
});
