import { describe, expect, it } from 'vitest';
import { expandTemplate } from './template';

describe('a kernel template', () => {
  it('has its constants put in and its loops written out, nested ones too', () => {
    const template = [
      'x{N}',
      '//#unroll i N',
      '  a{i}',
      '  //#unroll j M',
      '  b{i}{j}',
      '  //#end',
      '//#end',
      'y',
    ].join('\n');
    expect(expandTemplate(template, { N: 2, M: 2 }).split('\n')).toEqual([
      'x2',
      '  a0',
      '  b00',
      '  b01',
      '  a1',
      '  b10',
      '  b11',
      'y',
    ]);
  });

  it.each([
    ['{MISSING}', 'no value for MISSING'],
    ['//#unroll i MISSING\n//#end', 'no value for MISSING'],
    ['//#unroll i N\nx', 'has no end'],
    ['x\n//#end', 'without its //#unroll'],
  ])('with a mistake in it is refused: %j', (template, why) => {
    expect(() => expandTemplate(template, { N: 1 })).toThrow(why);
  });
});
