import type { ElectronApplication } from '@playwright/test';

type Recorded = { windowCalls?: string[] };

const UI = 'app://ui/';

/** What only main can do to a renderer of a role: `crash` ends its process, `close` closes its window. */
export function actOn(
  electron: ElectronApplication,
  role: 'ui' | 'compute',
  act: 'crash' | 'close' | 'minimize',
) {
  return electron.evaluate(
    ({ BrowserWindow }, { origin, act }) => {
      const window = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith(origin));
      if (window === undefined) throw new Error(`no window shows ${origin}`);
      if (act === 'crash') window.webContents.forcefullyCrashRenderer();
      else window[act]();
    },
    { origin: `app://${role}/`, act },
  );
}

/**
 * Writes down what the app asks the system to do with its window: there is no window manager on a bare virtual
 * display to carry it out. The window counts as minimised between `minimize` and `restore`.
 * @returns what was asked for so far
 */
export async function recordWindow(electron: ElectronApplication): Promise<() => Promise<string[]>> {
  await electron.evaluate(({ BrowserWindow }, origin) => {
    const calls: string[] = [];
    (globalThis as Recorded).windowCalls = calls;
    const window = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith(origin));
    if (window === undefined) throw new Error('the app has no window');
    for (const name of ['minimize', 'restore', 'show', 'focus', 'hide', 'destroy'] as const) {
      const original = window[name].bind(window);
      window[name] = () => {
        calls.push(name);
        original();
      };
    }
    window.isMinimized = () =>
      calls.findLast((call) => call === 'minimize' || call === 'restore') === 'minimize';
  }, UI);
  return () => electron.evaluate(() => (globalThis as Recorded).windowCalls ?? []);
}
