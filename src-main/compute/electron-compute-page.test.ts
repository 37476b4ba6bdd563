import type { BrowserWindow } from 'electron';
import { expect, it, vi } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { electronComputePage } from './electron-compute-page';

vi.mock('electron', () => {
  const port = { on: () => undefined, start: () => undefined, close: () => undefined };
  return {
    MessageChannelMain: class {
      readonly port1 = port;
      readonly port2 = port;
    },
  };
});

/** A window whose page loads when a test says so; once destroyed it throws, as Electron's does. */
function windowToLoad() {
  let loaded = () => {};
  let failed = (_error: Error) => {};
  const loading = new Promise<void>((resolve, reject) => {
    loaded = resolve;
    failed = reject;
  });
  let isDestroyed = false;
  const postMessage = vi.fn(() => {
    if (isDestroyed) throw new TypeError('Object has been destroyed');
  });
  const window = {
    on: () => undefined,
    loadURL: () => loading,
    isDestroyed: () => isDestroyed,
    destroy: () => {
      isDestroyed = true;
    },
    webContents: { on: () => undefined, getOSProcessId: () => 1, postMessage },
  };
  const gone: string[] = [];
  const page = electronComputePage(
    window as unknown as BrowserWindow, // only this of a window is used
    new VirtualClock(0),
    { message: () => undefined, gone: (why) => gone.push(why) },
  );
  return { loaded, failed, page, postMessage, gone };
}

it('hands the page its port once it is there', async () => {
  const { loaded, postMessage, gone } = windowToLoad();
  expect(postMessage).not.toHaveBeenCalled();
  loaded();
  await new Promise(setImmediate);
  expect(postMessage).toHaveBeenCalledTimes(1);
  expect(gone).toEqual([]);
});

it('says that a page could not be loaded', async () => {
  const { failed, gone } = windowToLoad();
  failed(new Error('ERR_FAILED'));
  await new Promise(setImmediate);
  expect(gone).toEqual(['Error: ERR_FAILED']);
});

it.each(['comes', 'fails'])('leaves a page alone that %s after it was put away', async (how) => {
  const stray = vi.fn();
  process.on('unhandledRejection', stray);
  const { loaded, failed, page, postMessage, gone } = windowToLoad();
  page.destroy();
  if (how === 'comes') loaded();
  else failed(new Error('ERR_ABORTED'));
  await new Promise(setImmediate);
  process.off('unhandledRejection', stray);
  expect(stray).not.toHaveBeenCalled();
  expect(postMessage).not.toHaveBeenCalled();
  expect(gone).toEqual([]);
});
