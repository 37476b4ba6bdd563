import { describe, expect, it } from 'vitest';
import type { KernelChoice } from '../../../../src-shared/ipc/kernel-choice';
import { choiceAt, kernelTable } from './kernel-table';

const small: KernelChoice = {
  sizeClass: 'small',
  kernel: 'registers',
  measured: [
    { name: 'registers', ran: true, exact: true, gops: 120 },
    { name: 'dp4a-tiled', ran: true, exact: false, gops: 0 },
  ],
  wholeTask: null,
  measuredAtMs: 1,
};
const large: KernelChoice = {
  sizeClass: 'large',
  kernel: 'dp4a-tiled',
  measured: [{ name: 'dp4a-tiled', ran: true, exact: true, gops: 900 }],
  wholeTask: null,
  measuredAtMs: 2,
};

describe('the table of kernels', () => {
  it('has a row for each kernel that was measured at any size, and a cell for each class', () => {
    const rows = kernelTable([large, small]);
    expect(rows.map(({ name }) => name)).toEqual(['registers', 'dp4a-tiled']);
    expect(rows[1]?.cells).toEqual([
      { sizeClass: 'small', measurement: small.measured[1], chosen: false },
      { sizeClass: 'medium', measurement: null, chosen: false },
      { sizeClass: 'large', measurement: large.measured[0], chosen: true },
    ]);
  });

  it('is empty before the first measurement', () => {
    expect(kernelTable([])).toEqual([]);
  });

  it('tells what was chosen at a matrix size', () => {
    expect(choiceAt([small, large], 512)).toBe(small);
    expect(choiceAt([small, large], 513)).toBeNull();
    expect(choiceAt([small, large], 2049)).toBe(large);
  });
});
