import { join } from 'node:path';
import { app, nativeTheme, powerMonitor } from 'electron';
import { systemClock } from '../clock/clock';
import type { StatePublisher } from '../state/state-publisher';
import type { Services } from './services';
import type { ShutDown } from './shut-down';
import { TrayIcon } from './tray';
import { UiWindow } from './ui-window';

type Parts = Pick<Services, 'windows' | 'push' | 'miner'> & {
  readonly publisher: StatePublisher;
  readonly hasTray: boolean;
  readonly quit: () => void;
  readonly onError: (error: unknown) => void;
};

/** The window, the tray and what the desktop tells of: what there is beside the miner where a person looks on. */
export function openDesktop(parts: Parts, shutDown: ShutDown): UiWindow {
  const { windows, push, miner, publisher, hasTray, quit, onError } = parts;
  const { power, node, account, settings } = miner;
  const resources = join(app.getAppPath(), 'resources');
  const ui = new UiWindow({
    windows,
    push,
    icon: join(resources, 'icon.png'),
    after: systemClock.after,
    tray: () => hasTray,
    quits: () => !settings.current.closeToTray,
    quit,
  });
  if (hasTray) {
    const tray = new TrayIcon(join(resources, 'tray'), {
      open: () => ui.show(),
      pause: (preset) => power.pause(preset),
      resume: () => power.resume(),
      topUp: () => void node.topUp(account.state.address).catch(onError),
      quit,
    });
    shutDown.add('the tray', () => tray.close());
    publisher.onPush(() => tray.show(publisher.full().state));
    tray.show(publisher.full().state);
  }
  publisher.onPush((changed) => ui.push('state:changed', changed));
  shutDown.add('the window', () => ui.release());

  const applyTheme = () => {
    nativeTheme.themeSource = settings.current.theme;
  };
  applyTheme();
  settings.watch('theme', applyTheme);
  app.on('second-instance', () => ui.show());
  app.on('activate', () => ui.show());
  powerMonitor.on('suspend', () => power.hold('suspended'));
  powerMonitor.on('resume', () => {
    power.release('suspended');
    node.session?.retry();
  });
  return ui;
}
