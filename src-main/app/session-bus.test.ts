import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { SessionBus, sessionBusPath } from './session-bus';

// A bus on Windows is none of these.
describe.skipIf(process.platform === 'win32')('a bus that sends what it should not', () => {
  let folder = '';
  let server: Server | null = null;
  const sockets: Socket[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bus-'));
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => server?.close(resolve));
    rmSync(folder, { recursive: true });
  });

  /** A bus that answers whatever comes first with these bytes. @returns what opening a connection to it ends with */
  async function opened(answer: Buffer): Promise<unknown> {
    const path = join(folder, 'bus');
    const listening = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(answer));
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(path, resolve));
    // Nothing runs out: what ends, ends by itself.
    return SessionBus.open(path, new VirtualClock().after, () => undefined).catch(({ message }) => message);
  }

  it.each([
    ['a handshake of 4 KiB without its end', Buffer.alloc(4096, 'x')],
    ['a message of over a mebibyte', largeMessage((1 << 20) + 1)],
  ])('is left over %s, before the rest of it comes', async (_what, answer) => {
    expect(await opened(answer)).toBe('the session bus is gone');
  });
});

/** The handshake's end, and the fixed part of a signal's header that says how long its body is. */
function largeMessage(bodyBytes: number): Buffer {
  const header = Buffer.alloc(16);
  header.set([0x6c, 4, 0, 1]);
  header.writeUInt32LE(bodyBytes, 4);
  header.writeUInt32LE(1, 8);
  return Buffer.concat([Buffer.from('OK 0123\r\n'), header]);
}

describe("the session bus's socket", () => {
  it.each([
    ['unix:path=/run/user/1000/bus', '/run/user/1000/bus'],
    ['unix:path=/run/user/1000/bus,guid=0123', '/run/user/1000/bus'],
    ['unix:guid=0123,path=/tmp/dbus%2dx', '/tmp/dbus-x'],
    ['unix:abstract=/tmp/dbus-abc,guid=0123', '\0/tmp/dbus-abc'],
    ['tcp:host=localhost,port=1;unix:path=/tmp/second', '/tmp/second'],
  ])('%s is found', (address, path) => {
    expect(sessionBusPath({ DBUS_SESSION_BUS_ADDRESS: address })).toBe(path);
  });

  it.each(['disabled:', 'autolaunch:', 'tcp:host=localhost,port=1', 'nonsense'])('%s has none', (address) => {
    expect(
      sessionBusPath({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: '/run/user/1000' }),
    ).toBeNull();
  });

  it('is where the system keeps it where the session does not say', () => {
    expect(sessionBusPath({ XDG_RUNTIME_DIR: '/run/user/1000' })).toBe('/run/user/1000/bus');
    expect(sessionBusPath({})).toBeNull();
  });
});
