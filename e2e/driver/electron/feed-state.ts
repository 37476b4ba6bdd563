import type { LaneStatus } from '../../../src-shared/compute/lane-status';
import type { AppState, StatePush } from '../../../src-shared/state/state';
import type { App } from './app';

/** Parts of the state, each with the fields that are told otherwise. */
export type StateFeed = {
  /** Of the first lane. */
  readonly lane?: Partial<LaneStatus>;
  readonly node?: Partial<AppState['node']>;
  readonly key?: Partial<AppState['key']>;
  readonly jobs?: Partial<AppState['jobs']>;
  readonly miner?: AppState['miner'];
  readonly pauseRules?: AppState['pauseRules'];
};

type Feed = { fed?: StateFeed; told?: number };

/**
 * From now on the window is told something else than main knows: a graphics card that this machine does not have, a
 * clock that is off. The rest stays true. An earlier feed is replaced.
 */
export async function feedState(app: App, fed: StateFeed): Promise<void> {
  const { state, revision } = await app.ask('getState');
  await app.electron.evaluate(
    ({ BrowserWindow }, { fed, state, revision }) => {
      const feed = globalThis as Feed;
      const isFirst = feed.fed === undefined;
      feed.fed = fed;
      const window = BrowserWindow.getAllWindows().find((w) =>
        w.webContents.getURL().startsWith('app://ui/'),
      );
      if (window === undefined) throw new Error('the app has no window');
      const { webContents } = window;
      if (isFirst) {
        const send = webContents.send.bind(webContents);
        webContents.send = (name, ...values) => {
          if (name !== 'state:changed') return send(name, ...values);
          const [{ revision, changed }] = values as [StatePush];
          const { lane, node, key, jobs, miner, pauseRules } = feed.fed ?? {};
          const [first, ...others] = changed.compute?.lanes ?? [];
          send(name, {
            revision,
            changed: {
              ...changed,
              ...(changed.compute && {
                compute: { ...changed.compute, lanes: [{ ...first, ...lane }, ...others] },
              }),
              ...(changed.node && { node: { ...changed.node, ...node } }),
              ...(changed.key && { key: { ...changed.key, ...key } }),
              ...(changed.jobs && { jobs: { ...changed.jobs, ...jobs } }),
              ...(changed.miner && { miner: miner ?? changed.miner }),
              ...(changed.pauseRules && { pauseRules: pauseRules ?? changed.pauseRules }),
            },
          });
        };
      }
      // At once, between the revision that is held and the next.
      feed.told = (feed.told ?? 0) + 1;
      const { compute, node, key, jobs, miner, pauseRules } = state;
      webContents.send('state:changed', {
        revision: revision + feed.told / 1000,
        changed: { compute, node, key, jobs, miner, pauseRules },
      });
    },
    { fed, state, revision },
  );
}
