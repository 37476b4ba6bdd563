import type { ElectronApplication } from '@playwright/test';
import { PUSH } from '../../../src-shared/ipc/push';
import type { Snapshot } from '../../../src-shared/ipc/snapshot';

/** Parts of a snapshot, each with the fields that are told otherwise. */
export type SnapshotFeed = {
  readonly compute?: Partial<Snapshot['compute']>;
  readonly node?: Partial<Snapshot['node']>;
  readonly key?: Partial<Snapshot['key']>;
};

type Feed = { fed?: SnapshotFeed };

/**
 * From now on the window is told something else than main knows: a graphics card that this machine does not have, a
 * clock that is off. The rest of each snapshot stays true. An earlier feed is replaced.
 */
export async function feedSnapshot(electron: ElectronApplication, fed: SnapshotFeed): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, { fed, channel }) => {
      const feed = globalThis as Feed;
      const feedsAlready = feed.fed !== undefined;
      feed.fed = fed;
      if (feedsAlready) return;
      const window = BrowserWindow.getAllWindows().find((w) =>
        w.webContents.getURL().startsWith('app://ui/'),
      );
      if (window === undefined) throw new Error('the app has no window');
      const send = window.webContents.send.bind(window.webContents);
      window.webContents.send = (name, ...values) => {
        const [snapshot] = values as [Snapshot];
        if (name !== channel) return send(name, ...values);
        const compute = { ...snapshot.compute, ...feed.fed?.compute };
        const node = { ...snapshot.node, ...feed.fed?.node };
        const key = { ...snapshot.key, ...feed.fed?.key };
        send(name, { ...snapshot, compute, node, key });
      };
    },
    { fed, channel: PUSH.snapshot },
  );
}
