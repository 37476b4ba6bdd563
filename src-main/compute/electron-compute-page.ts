import { type BrowserWindow, MessageChannelMain } from 'electron';
import { COMPUTE_PORT } from '../../src-shared/ipc/compute-port';
import type { Clock } from '../clock/clock';
import { pageUrl } from '../ipc/roles';
import type { ComputePage, PageEvents } from './compute-page';
import { lowPriority } from './low-priority';

// Looking for threads takes a tenth of a millisecond, and hundreds of messages a second may come.
const LOWERED_WITHIN_MS = 50;

/**
 * The compute page in a hidden window, which gets one end of a port once its page is there. Buffers are copied either
 * way: Electron transfers nothing but ports between main and a page (ADR 10).
 * @param window of the role `compute`, not yet loaded
 */
export function electronComputePage(
  window: BrowserWindow,
  clock: Pick<Clock, 'after'>,
  { message, gone }: PageEvents,
): ComputePage {
  const { port1: port, port2: theirs } = new MessageChannelMain();
  const lowerPriority = lowPriority(() => window.webContents.getOSProcessId());
  let callOff: (() => void) | null = null;
  port.on('message', ({ data }) => {
    message(data);
    // It says something whenever it has begun something, threads among it.
    callOff ??= clock.after(LOWERED_WITHIN_MS, () => {
      callOff = null;
      if (!window.isDestroyed()) lowerPriority();
    });
  });
  port.start();
  window.webContents.on('render-process-gone', (_event, { reason }) => gone(`it ended (${reason})`));
  window.on('unresponsive', () => gone('it no longer answers'));
  window.loadURL(pageUrl('compute')).then(
    () => {
      // It may have been put away while it was loading.
      if (window.isDestroyed()) return;
      // biome-ignore lint/plugin: push() carries no ports, and this is the only one
      window.webContents.postMessage(COMPUTE_PORT, null, [theirs]);
    },
    (error) => {
      if (!window.isDestroyed()) gone(String(error));
    },
  );
  return {
    send: (toCompute) => port.postMessage(toCompute),
    destroy() {
      callOff?.();
      port.close();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
