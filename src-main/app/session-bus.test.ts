import { describe, expect, it } from 'vitest';
import { sessionBusPath } from './session-bus';

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
