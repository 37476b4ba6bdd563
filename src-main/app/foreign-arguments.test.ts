import { describe, expect, it } from 'vitest';
import { foreignArguments } from './foreign-arguments';

const OPTIONS = {
  headless: { type: 'boolean' },
  node: { type: 'string' },
  auto: { type: 'boolean' },
  'matrix-size': { type: 'string' },
} as const;

const foreign = (...args: string[]) => [...foreignArguments(args, OPTIONS)].map((index) => args[index]);

describe('what is foreign among the arguments', () => {
  it.each([
    '--updated',
    '--password-store=gnome-libsecret',
    '-psn_0_989382',
    '--squirrel-firstrun',
    '--profile-directory=Default',
    '--',
    '-v',
    'https://example.com/?a=b',
    'computechain://open',
    '/home/somebody/a file.txt',
  ])('is %s', (argument) => {
    expect(foreign(argument)).toEqual([argument]);
  });

  it('is not an option of ours, nor its value', () => {
    expect(foreign('--auto', '--node', 'http://127.0.0.1:8000', '--matrix-size=64')).toEqual([]);
    expect(foreign('--node', 'here', 'there')).toEqual(['there']);
  });

  it.each([
    '--matrixsize=64',
    '--matrix_size=64',
    '--matrix',
    '--Auto',
    '--haedless',
    '--headles',
    '--nod=x',
    '--notde=x',
  ])('is not %s, a slip of the pen', (argument) => {
    expect(foreign(argument)).toEqual([]);
  });
});
