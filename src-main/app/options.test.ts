import { describe, expect, it } from 'vitest';
import { HELP, parseOptions } from './options';

describe('the command line', () => {
  it('is read with its defaults', () => {
    expect(parseOptions([])).toMatchObject({
      headless: false,
      json: false,
      tasks: null,
      settings: {},
    });
  });

  it('is read whole', () => {
    const args =
      '--headless --json --node http://127.0.0.1:8000/ --tasks 3 --matrix-size 513 --tasks-per-block 4 --engine webgpu --keep-awake --software-gpu';
    expect(parseOptions(args.split(' '))).toMatchObject({
      headless: true,
      json: true,
      tasks: 3,
      softwareGpu: true,
      settings: {
        nodeUrl: 'http://127.0.0.1:8000',
        matrixSize: 513,
        engine: 'webgpu',
        tasksPerBlock: 4,
        keepAwake: true,
      },
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
    ['--tasks-per-block=17', 'whole number from 1 to 16'],
    ['--matrixsize=64', 'matrixsize'],
    ['--profile=', '--profile takes a folder'],
    ['--block-time=0', '--block-time takes a whole number'],
  ])('%s is refused, naming what it takes', (argument, why) => {
    expect(() => parseOptions([argument])).toThrowError(why);
    expect(() => parseOptions([argument])).toThrowError(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
  });

  it.each(['--nonsense', '--updated', '-psn_0_1', 'stray', 'https://example.com/'])(
    '%s is refused without a window: whoever started it typed it',
    (argument) => {
      expect(() => parseOptions(['--headless', argument])).toThrowError(
        expect.objectContaining({ code: 'invalid_argument' }),
      );
    },
  );

  it('ignores with a window what a desktop, an updater or a browser adds, and tells what', () => {
    const foreign = ['--updated', '-psn_0_1', 'https://example.com/', '/home/somebody/file'];
    expect(parseOptions(['--auto', ...foreign, '--password-store=basic', '--hidden'])).toMatchObject({
      auto: true,
      hidden: true,
      ignored: foreign,
    });
    expect(parseOptions(['--auto']).ignored).toEqual([]);
  });

  it.each(['0', '16385', '-1', '12a', '1e3'])('a matrix size of %s is refused with the range', (size) => {
    expect(() => parseOptions([`--matrix-size=${size}`])).toThrowError(
      expect.objectContaining({
        code: 'invalid_matrix_size',
        message: expect.stringContaining('1 to 16384'),
      }),
    );
  });

  it('refuses an address that is none where it is typed', () => {
    expect(() => parseOptions(['--node=nowhere'])).toThrowError(
      expect.objectContaining({ code: 'invalid_node_url' }),
    );
  });

  it('is explained with the limits and the default of each setting that has a flag', () => {
    expect(HELP).toContain('--matrix-size N              1…16384 (default 1024)');
    expect(HELP).toContain('--tasks-per-block N          results for each block, 1…16 (default 1)');
    expect(HELP).toContain('--engine NAME                auto, webgpu or cpu (default auto)');
    expect(HELP).toContain('--validator-token-file FILE  show the validator');
    expect(HELP).toMatch(/--insecure-node +allow --node to be http/);
    expect(HELP.split('\n').every((line) => line.length <= 100)).toBe(true);
  });
});
