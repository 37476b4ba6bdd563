import { describe, expect, it } from 'vitest';
import { parseOptions } from './options';

describe('the command line', () => {
  it('is read with its defaults', () => {
    expect(parseOptions([])).toMatchObject({
      headless: false,
      json: false,
      nodeUrl: null,
      tasks: null,
      engine: null,
    });
  });

  it('is read whole', () => {
    const args =
      '--headless --json --node http://127.0.0.1:8000/ --tasks 3 --matrix-size 513 --engine webgpu --software-gpu';
    expect(parseOptions(args.split(' '))).toMatchObject({
      headless: true,
      json: true,
      nodeUrl: 'http://127.0.0.1:8000',
      tasks: 3,
      matrixSize: 513,
      engine: 'webgpu',
      softwareGpu: true,
    });
  });

  it("leaves Chromium's own switches to Chromium", () => {
    const args = [
      '--no-sandbox',
      '--inspect=0',
      '--remote-debugging-port=0',
      '--use-angle=swiftshader',
      '--log-level=3',
    ];
    expect(parseOptions([...args, '--headless']).headless).toBe(true);
  });

  it.each([
    ['--tasks=0', 'whole number from 1'],
    ['--tasks=1.5', 'whole number from 1'],
    ['--engine=cuda', 'auto, webgpu or cpu'],
    ['--nonsense', 'nonsense'],
    ['stray', 'stray'],
    ['--block-time=0', '--block-time takes a whole number'],
  ])('%s is refused, naming what it takes', (argument, why) => {
    expect(() => parseOptions([argument])).toThrowError(why);
    expect(() => parseOptions([argument])).toThrowError(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
  });

  it.each(['0', '16385', '-1', '12a', '1e3'])('a matrix size of %s is refused with the range', (size) => {
    expect(() => parseOptions([`--matrix-size=${size}`])).toThrowError(
      expect.objectContaining({
        code: 'invalid_matrix_size',
        message: expect.stringContaining('1 to 16384'),
      }),
    );
  });
});
