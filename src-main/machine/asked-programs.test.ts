import { describe, expect, it, vi } from 'vitest';
import { listedApps, MAC_LISTING, WINDOWS_LISTING } from './listed-apps';
import { known, unknown } from './machine';
import { nvidiaSensors } from './nvidia-smi';
import { runProgram } from './run-program';

describe('what a program prints', () => {
  it('is there where it succeeds, and nothing where it fails, hangs or is missing', async () => {
    const node = (code: string) => runProgram(process.execPath, ['-e', code]);
    expect(await node('console.log(process.env.LC_ALL)')).toBe('C\n');
    expect(await node('process.exit(1)')).toBeNull();
    expect(await node('setInterval(() => {}, 1000)')).toBeNull();
    expect(await node('console.log("x".repeat(2 << 20))')).toBeNull();
    expect(await runProgram('/no/such/program', [])).toBe('missing');
  });
});

describe('NVIDIA’s sensors', () => {
  it('are the hottest card’s, and the power of all; a card may not tell', async () => {
    const read = (printed: string | null) => nvidiaSensors(async () => printed).read();
    expect(await read('61, 212.50\n70, 100.00\n')).toEqual({ temperatureC: 70, powerW: 312.5 });
    expect(await read('45, [N/A]\n')).toEqual({ temperatureC: 45, powerW: null });
    expect(await read('No devices were found\n')).toEqual({ temperatureC: null, powerW: null });
    expect(await read(null)).toEqual({ temperatureC: null, powerW: null });
  });

  it('are asked for no more where the program is missing', async () => {
    const run = vi.fn(async () => 'missing' as const);
    const sensors = nvidiaSensors(run);
    await sensors.read();
    await sensors.read();
    expect(run).toHaveBeenCalledOnce();
  });
});

describe('what runs, as the system lists it', () => {
  it('is read from Windows’ list and from macOS’', async () => {
    const windows = '"System","4","Services","0","8,544 K"\r\n"Blender.exe","77","Console","1","1 K"\r\n';
    expect(await listedApps(WINDOWS_LISTING, async () => windows).read()).toEqual(
      known(new Set(['system', 'blender'])),
    );
    expect(await listedApps(MAC_LISTING, async () => 'launchd\nFinal Cut Pro\n').read()).toEqual(
      known(new Set(['launchd', 'final cut pro'])),
    );
  });

  it('is not known where the program fails or is missing', async () => {
    expect(await listedApps(MAC_LISTING, async () => null).read()).toEqual(unknown('failed'));
    expect(await listedApps(MAC_LISTING, async () => 'missing').read()).toEqual(unknown('no_program'));
  });
});
