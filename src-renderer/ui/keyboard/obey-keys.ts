import { fireCommand } from '../stores/send-command';
import { windowCommand } from './window-command';

const IS_MAC = navigator.userAgent.includes('Mac OS');

/** Obeys the window's own keys, wherever in it the focus is. */
export function obeyKeys(): void {
  const commands = {
    quit: () => window.miner.quit(),
    zoomIn: () => window.miner.zoom('in'),
    zoomOut: () => window.miner.zoom('out'),
    zoomReset: () => window.miner.zoom('reset'),
  };
  window.addEventListener('keydown', (event) => {
    const command = event.repeat ? null : windowCommand(event, IS_MAC);
    if (command === null) return;
    event.preventDefault();
    fireCommand(commands[command]);
  });
}
