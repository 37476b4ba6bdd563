import type { ElectronApplication } from '@playwright/test';
import { PUSH } from '../../src-shared/ipc/push';
import type { Snapshot } from '../../src-shared/ipc/snapshot';

type Feed = { fed?: Partial<Snapshot['compute']> };

/**
 * From now on the window is told something else of the adapter than main knows: a graphics card that this machine does
 * not have. The rest of each snapshot stays true. An earlier feed is replaced.
 */
export async function feedCompute(
  electron: ElectronApplication,
  compute: Partial<Snapshot['compute']>,
): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, { compute, channel }) => {
      const feed = globalThis as Feed;
      const feedsAlready = feed.fed !== undefined;
      feed.fed = compute;
      if (feedsAlready) return;
      const window = BrowserWindow.getAllWindows().find((w) =>
        w.webContents.getURL().startsWith('app://ui/'),
      );
      if (window === undefined) throw new Error('the app has no window');
      const send = window.webContents.send.bind(window.webContents);
      window.webContents.send = (name, ...values) => {
        const [snapshot] = values as [Snapshot];
        if (name !== channel) return send(name, ...values);
        send(name, { ...snapshot, compute: { ...snapshot.compute, ...feed.fed } });
      };
    },
    { compute, channel: PUSH.snapshot },
  );
}
