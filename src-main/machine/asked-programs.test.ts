import { describe, expect, it, vi } from 'vitest';
import { listedApps, MAC_LISTING, WINDOWS_LISTING } from './listed-apps';
import { known, unknown } from './machine';
import { nvidiaSensors } from './nvidia-smi';
import { runProgram } from './run-program';
import { spyLines } from './spied-lines';

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

describe('a program that prints a line whenever something changes', () => {
  it('is heard line by line, and of a line without an end no more than some kilobytes are kept', async () => {
    const code =
      'process.stdout.write("one\\ntwo\\n" + "x".repeat(4 << 20), () => process.stdout.write("\\nlast\\n"))';
    const lines: string[] = [];
    await new Promise<void>((resolve) => {
      spyLines(process.execPath, ['-e', code], { onLine: (line) => void lines.push(line), onEnd: resolve });
    });
    expect(lines.map((line) => line.slice(0, 4))).toEqual(['one', 'two', 'xxxx', 'last']);
    expect(lines[2]?.length).toBeLessThan(1 << 20);
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
