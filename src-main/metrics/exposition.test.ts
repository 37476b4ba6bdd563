import { describe, expect, it } from 'vitest';
import { exposition } from './exposition';

describe('the text of metrics', () => {
  it('escapes what labels and helps hold', () => {
    const text = exposition([
      {
        name: 'a_info',
        type: 'gauge',
        help: 'two\nlines, a \\ and "quotes"',
        samples: [{ labels: { device: 'x"y\\z\nw' }, value: 1 }],
      },
    ]);
    expect(text).toBe(
      '# HELP a_info two\\nlines, a \\\\ and "quotes"\n# TYPE a_info gauge\na_info{device="x\\"y\\\\z\\nw"} 1\n',
    );
  });

  it('leaves out a metric without a value, with its comments', () => {
    expect(exposition([{ name: 'a', type: 'gauge', help: 'A.', samples: [] }])).toBe('');
  });

  it('writes numbers as Prometheus reads them', () => {
    const values = [0, 1e-7, 1.5e21, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    const samples = values.map((value, index) => ({ labels: { n: String(index) }, value }));
    const lines = exposition([{ name: 'a', type: 'gauge', help: 'A.', samples }])
      .split('\n')
      .slice(2, -1);
    expect(lines.map((line) => line.split(' ')[1])).toEqual(['0', '1e-7', '1.5e+21', '+Inf', '-Inf', 'NaN']);
  });
});
