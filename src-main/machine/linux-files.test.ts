import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { hwmonSensors } from './hwmon';
import { linuxApps } from './linux-apps';
import { linuxPower } from './linux-power';
import { known, unknown } from './machine';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Files as the kernel shows them. */
function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

describe('the sensors that Linux shows', () => {
  it('are those of processor and graphics card, in degrees and watts', async () => {
    write({
      'hwmon0/name': 'nvme\n',
      'hwmon0/temp1_input': '99000\n',
      'hwmon1/name': 'k10temp\n',
      'hwmon1/temp1_input': '61250\n',
      'hwmon2/name': 'amdgpu\n',
      'hwmon2/temp1_input': '72000\n',
      'hwmon2/temp2_input': '95000\n',
      'hwmon2/power1_average': '143500000\n',
    });
    expect(await hwmonSensors(folder).read()).toEqual({ temperatureC: 72, powerW: 143.5 });
  });

  it('may be absent, or broken', async () => {
    expect(await hwmonSensors(join(folder, 'none')).read()).toEqual({ temperatureC: null, powerW: null });
    write({ 'hwmon0/name': 'coretemp\n', 'hwmon0/temp1_input': '-128000\n', 'hwmon0/power1_input': 'x\n' });
    expect(await hwmonSensors(folder).read()).toEqual({ temperatureC: null, powerW: null });
  });
});

describe('the power that Linux shows', () => {
  const read = () => linuxPower(folder).read();

  it('is the battery’s where the mains are off, and the mains’ where they are on', async () => {
    write({
      'AC/type': 'Mains\n',
      'AC/online': '0\n',
      'BAT0/type': 'Battery\n',
      'BAT0/present': '1\n',
      'BAT0/status': 'Discharging\n',
    });
    expect(await read()).toEqual(known('battery'));
    write({ 'AC/online': '1\n' });
    expect(await read()).toEqual(known('mains'));
  });

  it('goes by the battery alone where nothing tells of the mains', async () => {
    write({ 'BAT0/type': 'Battery\n', 'BAT0/status': 'Full\n' });
    expect(await read()).toEqual(known('mains'));
    write({ 'BAT0/status': 'Discharging\n' });
    expect(await read()).toEqual(known('battery'));
  });

  it('is not known without a battery; a mouse’s is none', async () => {
    expect(await read()).toEqual(unknown('no_battery'));
    write({
      'AC/type': 'Mains\n',
      'AC/online': '1\n',
      'hid-mouse/type': 'Battery\n',
      'hid-mouse/scope': 'Device\n',
      'BAT1/type': 'Battery\n',
      'BAT1/present': '0\n',
    });
    expect(await read()).toEqual(unknown('no_battery'));
  });
});

describe('what runs on Linux', () => {
  it('is named as the process calls itself, and by its program', async () => {
    write({
      'self/comm': 'none\n',
      '1/cmdline': '/sbin/init\0--user\0',
      '1/comm': 'systemd\n',
      '2/cmdline': '',
      '2/comm': 'kthreadd\n',
      '3/cmdline': '/opt/Blender/a-program-with-a-long-name\0file.blend\0',
      '3/comm': 'a-program-with-\n',
      '4/cmdline': '/usr/lib/chrome --type=renderer\0',
      '4/comm': 'chrome\n',
    });
    const apps = await linuxApps(new VirtualClock(), folder).read();
    expect(apps.known && [...apps.value].toSorted()).toEqual([
      'a-program-with-',
      'a-program-with-a-long-name',
      'chrome',
      'init',
      'systemd',
    ]);
  });

  it('is looked at anew while it is young, and rarely later', async () => {
    const clock = new VirtualClock();
    const apps = linuxApps(clock, folder);
    const names = async () => {
      const reading = await apps.read();
      return reading.known ? [...reading.value] : [];
    };
    const become = (name: string) => write({ '7/cmdline': `${name}\0`, '7/comm': `${name}\n` });
    become('sh');
    expect(await names()).toEqual(['sh']);
    become('game');
    await clock.advance(1000);
    expect(await names()).toEqual(['game']);
    await clock.advance(3000);
    become('other');
    expect(await names()).toEqual(['game']);
    await clock.advance(15_000);
    expect(await names()).toEqual(['other']);
    rmSync(join(folder, '7'), { recursive: true });
    write({ '8/cmdline': 'sh\0', '8/comm': 'sh\n' });
    expect(await names()).toEqual(['sh']);
  });

  it('is not known without /proc', async () => {
    await expect(linuxApps(new VirtualClock(), join(folder, 'none')).read()).rejects.toThrow();
    expect(await linuxApps(new VirtualClock(), folder).read()).toEqual(unknown('failed'));
  });

  it('has this very process', async () => {
    const apps = await linuxApps(new VirtualClock()).read();
    expect(apps.known && apps.value.size > 0).toBe(true);
  });
});
