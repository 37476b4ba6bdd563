import { describe, expect, it } from 'vitest';
import { figure, untested } from './figures';
import { toJson, toTable } from './report';

const FIGURES = [
  figure('quick', 12.5, 'GOPS', { atLeast: 6 }),
  figure('slow', 0.2, '', { atMost: 0.1 }),
  figure('plain', 1048576, 'bytes'),
  figure('card', untested('needs a real graphics card'), '', { atLeast: 0.5 }),
];

describe('a report', () => {
  it('as JSON has name, value, unit, goal and met, and null for what is untested', () => {
    expect(JSON.parse(toJson('a machine', FIGURES))).toEqual({
      machine: 'a machine',
      figures: [
        { name: 'quick', value: 12.5, unit: 'GOPS', goal: '≥ 6', met: true },
        { name: 'slow', value: 0.2, unit: '', goal: '≤ 0.1', met: false },
        { name: 'plain', value: 1048576, unit: 'bytes', goal: null, met: null },
        { name: 'card', value: null, unit: '', goal: '≥ 0.5', met: null },
      ],
    });
  });

  it('as a table marks goals met and missed, and says why a figure is untested', () => {
    expect(toTable('a machine', FIGURES).split('\n')).toEqual([
      'a machine',
      '✓ quick  12.5 GOPS  (goal ≥ 6)',
      '✗ slow   0.200  (goal ≤ 0.1)',
      '  plain  1048576 bytes',
      '– card   untested: needs a real graphics card  (goal ≥ 0.5)',
    ]);
  });
});
