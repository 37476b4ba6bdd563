import { app } from 'electron';
import type { Clock } from '../clock/clock';

// Asking waits for the GPU process, which on a broken driver never comes up.
const LONGEST_WAIT_MS = 5000;

/** The graphics driver as the system names it, with its version; null where the system doesn't say. */
export async function driverName({ after }: Pick<Clock, 'after'>): Promise<string | null> {
  let callOff = () => {};
  const tooLong = new Promise<null>((resolve) => {
    callOff = after(LONGEST_WAIT_MS, () => resolve(null));
  });
  try {
    return nameOf(await Promise.race([app.getGPUInfo('complete'), tooLong]));
  } catch {
    return null;
  } finally {
    callOff();
  }
}

/** What Chromium gives is not typed by Electron: each field may be missing. */
function nameOf(info: unknown): string | null {
  const { gpuDevice } = (info ?? {}) as { gpuDevice?: readonly Record<string, unknown>[] };
  const device = gpuDevice?.find(({ active }) => active === true) ?? gpuDevice?.[0];
  const name = [device?.driverVendor, device?.driverVersion].filter(
    (part): part is string => typeof part === 'string' && part !== '',
  );
  return name.length === 0 ? null : name.join(' ');
}
