import { describe, expect, it } from 'vitest';
import { defaultDataFolder, parseCliArguments } from './cli-arguments';

const parse = (...args: string[]) => parseCliArguments(args, { XDG_DATA_HOME: '/data' }, 'linux');

describe('the devnet’s command line', () => {
  it('has defaults for everything', () => {
    expect(parse()).toEqual({
      kind: 'run',
      port: 8000,
      blockTimeSeconds: undefined,
      market: undefined,
      dataFolder: '/data/computechain-miner/devnet',
    });
  });

  it('takes a port, a block time and a folder', () => {
    expect(parse('--port', '0', '--block-time=1', '--data', '/tmp/x')).toEqual({
      kind: 'run',
      port: 0,
      blockTimeSeconds: 1,
      market: undefined,
      dataFolder: '/tmp/x',
    });
    expect(parse('--market-port', '8080')).toMatchObject({ market: { port: 8080, faults: [] } });
    expect(parse('--market-port', '0', '--market-faults', 'drop,stall')).toMatchObject({
      market: { port: 0, faults: ['drop', 'stall'] },
    });
    expect(parse('--ephemeral')).toMatchObject({ dataFolder: null });
    expect(parse('--help')).toEqual({ kind: 'help' });
  });

  it.each([
    ['--port', 'abc'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--market-port', '65536'],
    ['--market-port', '0', '--market-faults', 'sabotage'],
    ['--port'],
    ['--block-time', '0.5'],
    ['--block-time', '0'],
    ['--data', ''],
    ['--data', 'x', '--ephemeral'],
    ['--unknown'],
    ['extra'],
  ])('refuses %s %s', (...args) => {
    expect(parse(...args)).toMatchObject({ kind: 'error', message: expect.any(String) });
  });

  it('keeps data where the system keeps it', () => {
    expect(defaultDataFolder({}, 'linux')).toMatch(/\.local\/share\/computechain-miner\/devnet$/);
    expect(defaultDataFolder({}, 'darwin')).toContain('Application Support');
    expect(defaultDataFolder({ LOCALAPPDATA: '/local' }, 'win32')).toContain('local');
  });
});
