import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { Copying } from './copying';

/** A clipboard as an Electron has it: at once, or in its own time. */
function scene(isAsync: boolean) {
  const clock = new VirtualClock();
  const board = { text: 'what was there before', fails: false };
  const errors: unknown[] = [];
  const write = (text: string) => {
    if (board.fails) throw new Error('the clipboard is held by another program');
    board.text = text;
  };
  const clipboard = isAsync
    ? {
        readText: async () => {
          await Promise.resolve();
          return board.text;
        },
        writeText: async (text: string) => {
          await Promise.resolve();
          write(text);
        },
      }
    : { readText: () => board.text, writeText: write };
  return { copying: new Copying(clipboard, clock, (error) => errors.push(error)), clock, board, errors };
}

describe.each([
  ['Electron up to 43', false],
  ['Electron from 44 on', true],
])('with the clipboard of %s', (_name, isAsync) => {
  it('a text is there once copying is told to be done, and stays', async () => {
    const { copying, clock, board } = scene(isAsync);
    await copying.copy('cpc1qq');
    expect(board.text).toBe('cpc1qq');
    await clock.advance(3_600_000);
    await copying.clearSecret();
    expect(board.text).toBe('cpc1qq');
  });

  it('a secret goes after a minute, counted from the last one', async () => {
    const { copying, clock, board } = scene(isAsync);
    await copying.copySecret('one');
    await clock.advance(40_000);
    await copying.copySecret('two');
    await clock.advance(59_999);
    expect(board.text).toBe('two');
    await clock.advance(1);
    expect(board.text).toBe('');
  });

  it('a secret is gone once clearing is done, as the app ends', async () => {
    const { copying, board, clock } = scene(isAsync);
    await copying.copySecret('secret');
    await copying.clearSecret();
    expect(board.text).toBe('');
    expect(clock.waiting).toBe(0);
  });

  it('what a person copied meanwhile stays', async () => {
    const { copying, clock, board } = scene(isAsync);
    await copying.copySecret('secret');
    board.text = 'a recipe';
    await clock.advance(60_000);
    expect(board.text).toBe('a recipe');
  });

  it('a clipboard that refuses is told to whoever copies, and to the log where nobody asks', async () => {
    const { copying, clock, board, errors } = scene(isAsync);
    await copying.copySecret('secret');
    board.fails = true;
    await clock.advance(60_000);
    expect(errors).toHaveLength(1);
    await expect(copying.copy('text')).rejects.toThrow('held by another program');
  });
});
