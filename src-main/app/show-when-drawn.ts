import type { BrowserWindow } from 'electron';
import type { Clock } from '../clock/clock';

// A page is there within a second; longer means that nobody will say so.
const LONGEST_WAIT_MS = 3000;

/**
 * Shows a new window once there is something to see in it. `ready-to-show` keeps an empty frame from flashing up, but
 * does not come where the compositor draws nothing for a window that is hidden, as on Wayland; a page that hangs or fails
 * says nothing at all. So whatever comes first counts: that event, the loaded page, or the time it may take.
 * @returns resolves once the window is shown or gone
 */
export function showWhenDrawn(window: BrowserWindow, after: Clock['after'], show: () => void): Promise<void> {
  return new Promise((resolve) => {
    let isDue = true;
    const settle = (act: () => void) => () => {
      if (!isDue) return;
      isDue = false;
      callOff();
      act();
      resolve();
    };
    const present = settle(show);
    const callOff = after(LONGEST_WAIT_MS, present);
    window.once('ready-to-show', present);
    window.webContents.once('did-finish-load', present);
    window.once(
      'closed',
      settle(() => undefined),
    );
  });
}
