import { join } from 'node:path';
import { app, nativeTheme, powerMonitor } from 'electron';
import { systemClock } from '../clock/clock';
import type { StatePublisher } from '../state/state-publisher';
import { ownAppImage } from '../updates/package-kind';
import { collectGarbage } from './collect-garbage';
import { DesktopTray } from './desktop-tray';
import { agreedAtStart, loginItem } from './login-item';
import { notify } from './notifications';
import { Notifier } from './notifier';
import type { Services } from './services';
import type { ShutDown } from './shut-down';
import { startArguments } from './start-arguments';
import { UiWindow } from './ui-window';
import { WayIn } from './way-in';
import { WindowMemory } from './window-memory';

// By then nothing of a window that was closed is still being put away.
const PUT_AWAY_MS = 5000;

type Parts = Pick<Services, 'windows' | 'push' | 'miner'> & {
  readonly publisher: StatePublisher;
  /** Where a profile other than the usual one is. */
  readonly profileFolder: string | null;
  readonly quit: () => void;
  readonly onError: (error: unknown) => void;
  /** The window went away. */
  readonly onClosed: () => void;
};

/** What a person looks on and at. */
export type Desktop = {
  readonly ui: UiWindow;
  /** Whether the desktop shows the tray icon now. */
  readonly hasTray: () => boolean;
};

/** The window, the tray and what the desktop tells of: what there is beside the miner where a person looks on. */
export function openDesktop(parts: Parts, shutDown: ShutDown): Desktop {
  const { windows, push, miner, publisher, profileFolder, quit, onError, onClosed } = parts;
  const { power, node, account, settings } = miner;
  const resources = join(app.getAppPath(), 'resources');
  const ui: UiWindow = new UiWindow({
    windows,
    push,
    icon: join(resources, 'icon.png'),
    memory: new WindowMemory({ store: settings, after: systemClock.after, onError }),
    locale: () => publisher.full().state.app.locale,
    clock: systemClock,
    tray: () => tray.isThere,
    quits: () => !settings.current.closeToTray,
    quit,
    onClosed: () => {
      wayIn.look();
      systemClock.after(PUT_AWAY_MS, collectGarbage);
      onClosed();
    },
  });
  const wayIn = new WayIn({
    after: systemClock.after,
    isThere: () => ui.isThere || tray.isThere,
    make: () => ui.showMinimized(),
  });
  const tray: DesktopTray = new DesktopTray({
    resources,
    clock: systemClock,
    commands: {
      open: () => ui.show(),
      pause: (preset) => power.pause(preset),
      resume: () => power.resume(),
      finish: () => power.finish(),
      start: () => power.start(),
      topUp: () => void node.topUp(account.state.address).catch(onError),
      quit,
    },
    state: () => publisher.full().state,
    onChange: () => {
      publisher.mark('app');
      queueMicrotask(() => wayIn.look());
    },
  });
  wayIn.look();
  shutDown.add('the tray', () => tray.close());
  publisher.onPush(() => tray.show());
  publisher.onPush((changed) => ui.push('state:changed', changed));
  shutDown.add('the window', () => {
    wayIn.close();
    ui.release();
  });

  const notifier = new Notifier({
    show: (kind) =>
      notify(kind, publisher.full().state.app.locale, join(resources, 'icon.png'), () => ui.show()),
    store: settings,
    clock: systemClock,
  });
  shutDown.add('notifications', () => notifier.close());
  publisher.onPush(() => notifier.look(publisher.full().state));
  keepLoginItem(settings, profileFolder, onError);

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
  return { ui, hasTray: () => tray.isThere };
}

/** Starts the app at login where a person wants that; what they did about it elsewhere counts too. */
function keepLoginItem(
  settings: Services['miner']['settings'],
  profileFolder: string | null,
  onError: (error: unknown) => void,
): void {
  // An AppImage runs from a place of its own making; the file it came from is what starts it.
  const program = ownAppImage(process.env, process.execPath) ?? process.execPath;
  const args = startArguments(app, { profileFolder, hidden: true });
  const item = loginItem(process.platform, process.env, app, [program, ...args]);
  try {
    const { startAtLogin } = settings.current;
    const agreed = agreedAtStart(item, startAtLogin);
    if (agreed !== startAtLogin) settings.save({ startAtLogin: agreed });
  } catch (error) {
    onError(error);
  }
  settings.watch('startAtLogin', (on) => {
    try {
      item.set(on);
    } catch (error) {
      onError(error);
      // What the switch shows is how it is.
      settings.save({ startAtLogin: item.state() === 'on' });
    }
  });
}
