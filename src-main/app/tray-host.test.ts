import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Panel } from '../../e2e/driver/electron/panel';
import { systemClock } from '../clock/clock';
import { VirtualClock } from '../clock/virtual-clock';
import { type TrayHost, watchTrayHost } from './tray-host';

let folder = '';
let path = '';
const daemons: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bus-'));
  path = join(folder, 'bus');
});
afterEach(() => {
  for (const daemon of daemons.splice(0)) daemon.kill();
  rmSync(folder, { recursive: true });
});

/** A message bus of its own at `path`; resolves once it listens. */
async function startBus(): Promise<ChildProcess> {
  const args = ['--session', '--nofork', '--nopidfile', `--address=unix:path=${path}`, '--print-address=1'];
  const daemon = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  daemons.push(daemon);
  if (daemon.stdout !== null) await once(daemon.stdout, 'data');
  return daemon;
}

/** Watches, and keeps what was told. */
function watched(busPath: string | null, clock = systemClock) {
  const told: TrayHost[] = [];
  let wake = () => {};
  const stop = watchTrayHost(busPath, clock, (host) => {
    told.push(host);
    wake();
  });
  /** Waits until so much was told. */
  const until = async (count: number) => {
    while (told.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return told;
  };
  return { told, until, stop };
}

const hasBus = spawnSync('dbus-daemon', ['--version']).status === 0;

describe.skipIf(!hasBus)('what shows tray icons, on a real bus', () => {
  it('is heard of where it is there already, comes, ends, and comes again under another name', async () => {
    await startBus();
    const first = await Panel.start(path);
    const { until, stop } = watched(path);
    await until(1);
    await first.end();
    await until(2);
    const second = await Panel.start(path);
    const [one, none, other] = await until(3);
    expect(one).toMatch(/^:1\.\d+$/);
    expect(none).toBeNull();
    expect(other).toMatch(/^:1\.\d+$/);
    expect(other).not.toBe(one);
    stop();
    await second.end();
  });

  it('is found anew after the bus itself was started anew', async () => {
    const bus = await startBus();
    const { until, stop } = watched(path);
    await Panel.start(path);
    await until(1);
    bus.kill();
    await until(2);
    await once(bus, 'exit');
    rmSync(path, { force: true });
    await startBus();
    await Panel.start(path);
    expect((await until(3))[2]).toMatch(/^:1\.\d+$/);
    stop();
  });

  it('is none as long as a watcher has no panel behind it', async () => {
    await startBus();
    const panel = await Panel.start(path, false);
    const { told, until, stop } = watched(path);
    await expect.poll(() => panel.asked).toBeGreaterThan(0);
    expect(told).toEqual([]);
    panel.show();
    expect(await until(1)).toEqual([expect.stringMatching(/^:1\.\d+$/)]);
    stop();
  });
});

describe('without what would show them', () => {
  it('nothing is told where there is no bus, which is tried again, less and less often', async () => {
    const clock = new VirtualClock();
    const { told, stop } = watched(path, clock);
    await expect.poll(() => clock.waiting).toBe(1);
    stop();
    await expect.poll(() => clock.waiting).toBe(0);
    expect(told).toEqual([]);
  });

  it('a bus that lets us in and says nothing is given up', async () => {
    const clock = new VirtualClock();
    let connected = 0;
    const server = createServer((socket) => {
      connected += 1;
      socket.resume();
    }).listen(path);
    await once(server, 'listening');
    const { told, stop } = watched(path, clock);
    await expect.poll(() => connected).toBe(1);
    await clock.advance(3000);
    await clock.advance(1000);
    await expect.poll(() => connected).toBe(2);
    stop();
    server.close();
    expect(told).toEqual([]);
  });
});
