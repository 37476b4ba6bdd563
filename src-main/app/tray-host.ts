import { BackOff } from '../async/back-off';
import { Wake, waitUntil } from '../async/wait';
import type { Clock } from '../clock/clock';
import type { DbusMessage } from './dbus-message';
import { SessionBus } from './session-bus';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;
// In case a change is told by nobody.
const LOOK_EVERY_MS = 60_000;

/** What shows tray icons now: a name that is another one once it was started anew, or null for nothing. */
export type TrayHost = string | null;

/**
 * Follows what shows tray icons on a Linux desktop: whoever owns the StatusNotifierWatcher name, as long as a host is
 * registered there. A panel may come long after the app, end, and be started again.
 * @param busPath of the session bus's socket, or null where there is none
 * @param onChange told at each change; at first there is none
 * @returns the function that stops it
 */
export function watchTrayHost(
  busPath: string | null,
  clock: Clock,
  onChange: (host: TrayHost) => void,
): () => void {
  const stop = new AbortController();
  let told: TrayHost = null;
  const tell = (host: TrayHost) => {
    if (stop.signal.aborted || host === told) return;
    told = host;
    onChange(host);
  };
  if (busPath !== null) void follow(busPath, clock, tell, stop.signal);
  return () => stop.abort();
}

/** Connects again and again: a bus may come later too, or end. */
async function follow(
  busPath: string,
  clock: Clock,
  tell: (host: TrayHost) => void,
  signal: AbortSignal,
): Promise<void> {
  const backOff = new BackOff(FIRST_RETRY_MS, LONGEST_RETRY_MS);
  const wake = new Wake();
  while (!signal.aborted) {
    await untilClosed(busPath, clock, tell, signal, () => backOff.reset()).catch(() => undefined);
    tell(null);
    await waitUntil(clock, backOff.next(), wake, signal);
  }
}

/** Tells of each change until the bus is gone. @throws Error where it can't be reached */
async function untilClosed(
  busPath: string,
  clock: Clock,
  tell: (host: TrayHost) => void,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  const changed = new Wake();
  // Only what was asked for comes; what it says may be old by the time it is heard, so it is asked anew.
  const bus = await SessionBus.open(busPath, clock.after, ({ type }) => {
    if (type === 'signal') changed.fire();
  });
  let isOpen = true;
  void bus.closed.then(() => {
    isOpen = false;
    changed.fire();
  });
  try {
    await bus.ask('AddMatch', `type='signal',sender='${BUS}',member='NameOwnerChanged',arg0='${WATCHER}'`);
    await bus.ask('AddMatch', `type='signal',interface='${WATCHER}',path='${WATCHER_PATH}'`);
    onOpen();
    while (isOpen && !signal.aborted) {
      tell(await hostOn(bus));
      await waitUntil(clock, LOOK_EVERY_MS, changed, signal);
    }
  } finally {
    bus.close();
  }
}

async function hostOn(bus: SessionBus): Promise<TrayHost> {
  const owner = await bus.ask('GetNameOwner', WATCHER).catch(() => null);
  if (typeof owner !== 'string') return null;
  // A watcher that doesn't answer that is taken to have one: not all know the property.
  const registered = await bus
    .call({
      destination: owner,
      path: WATCHER_PATH,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      body: [WATCHER, 'IsStatusNotifierHostRegistered'],
    })
    .catch((): DbusMessage['body'][number] => ({ variant: true }));
  return typeof registered === 'object' && registered.variant === false ? null : owner;
}
