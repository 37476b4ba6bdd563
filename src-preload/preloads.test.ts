import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CONTRACT, PUSHES } from '../src-shared/ipc/contract';

type Listener = (event: unknown, ...more: unknown[]) => void;
const { electron, exposed, listeners } = vi.hoisted(() => {
  const exposed = new Map<string, Record<string, (...given: unknown[]) => unknown>>();
  const listeners = new Map<string, Listener>();
  const ipcRenderer = {
    invoke: vi.fn(async () => undefined),
    send: vi.fn(),
    on: vi.fn((channel: string, listener: Listener) => listeners.set(channel, listener)),
    off: vi.fn(),
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: Record<string, () => unknown>) => exposed.set(name, api),
  };
  return { electron: { ipcRenderer, contextBridge }, exposed, listeners };
});
vi.mock('electron', () => electron);

const posted = vi.fn();
beforeAll(async () => {
  vi.stubGlobal('window', { postMessage: posted, location: { origin: 'app://compute' } });
  await import('./ui');
  await import('./compute');
});

describe('the preload of the window', () => {
  it('gives its page one function for each of its requests, which takes no other channel, and nothing else', () => {
    expect([...exposed.keys()]).toEqual(['miner']);
    const { onStateChanged, ...requests } = exposed.get('miner') ?? {};
    expect(onStateChanged).toBeTypeOf('function');
    const { invoke, send } = electron.ipcRenderer;
    const channels = Object.values(requests).map((request) => {
      // As a page that was taken over might try: names of channels in every place.
      for (const name of ['key:reveal', 'state:get', 'node:test']) request(name, name, name, name);
      const asked: unknown[][] = invoke.mock.calls.splice(0);
      expect(new Set(asked.map(([channel]) => channel)).size).toBe(1);
      return asked[0]?.[0];
    });
    const ofUi = Object.entries(CONTRACT).filter(([, { role }]) => role === 'ui');
    expect(channels.toSorted()).toEqual(ofUi.map(([channel]) => channel).toSorted());
    expect(send).not.toHaveBeenCalled();
  });

  it('hands on what main pushes, and never the event, over which anything could be sent', () => {
    const listener = vi.fn();
    const stop = exposed.get('miner')?.onStateChanged?.(listener, 'key:reveal') as () => void; // its type in UiApi
    const channels = [...listeners.keys()].filter((channel) => channel in PUSHES);
    expect(channels).toEqual(['state:changed']);
    listeners.get('state:changed')?.({ sender: electron.ipcRenderer }, { revision: 1 }, 'more');
    expect(listener.mock.calls).toEqual([[{ revision: 1 }]]);
    stop();
    expect(electron.ipcRenderer.off).toHaveBeenCalledExactlyOnceWith(
      'state:changed',
      listeners.get('state:changed'),
    );
  });
});

it('the preload of the compute page gives it a port, at its own origin, and no function', () => {
  const ports = ['port'];
  const others = [...listeners.keys()].filter((channel) => !(channel in PUSHES));
  expect(others).toEqual(['compute:port']);
  listeners.get('compute:port')?.({ sender: electron.ipcRenderer, ports }, 'more');
  expect(posted.mock.calls).toEqual([['compute:port', 'app://compute', ports]]);
});
