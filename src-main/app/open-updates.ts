import { join } from 'node:path';
import { app } from 'electron';
import { systemClock } from '../clock/clock';
import type { Miner } from '../open-miner';
import { openInstaller } from '../updates/installer';
import { packageKind, SELF_INSTALLING } from '../updates/package-kind';
import { readUpdateSource } from '../updates/update-source';
import { Updates } from '../updates/updates';
import { workInHand } from './work-in-hand';

type Parts = {
  readonly miner: Miner;
  /** The folder of the profile. */
  readonly folder: string;
  /** A run without a window is a service, which its supervisor starts anew: the app tells, and does not install. */
  readonly headless: boolean;
  readonly isWindowOpen: () => boolean;
  /** What the app is started with again. */
  readonly startArguments: () => string[];
  readonly quit: () => void;
  readonly onChange: () => void;
  readonly log: (message: string) => void;
  readonly onError: (error: unknown) => void;
};

/** Newer versions of this very app, as it was packed and where it runs. */
export function openUpdates(parts: Parts): Updates {
  const { miner, folder, headless, log } = parts;
  const resources = join(app.getAppPath(), 'resources');
  // In a checkout a test may name another; what is packed goes by what it was packed with alone.
  const named = app.isPackaged ? undefined : process.env.CPCMINER_UPDATE_SOURCE;
  const source = readUpdateSource(named ?? join(resources, 'update-source.json'));
  const { platform, arch, env, execPath: executable, resourcesPath } = process;
  const kind = packageKind({ platform, env, executable, resources: resourcesPath });
  return new Updates({
    openInstaller:
      source === null
        ? null
        : () =>
            openInstaller({
              source,
              kind,
              version: app.getVersion(),
              platform,
              arch,
              env,
              executable,
              folder: join(folder, 'updates'),
              configFile: join(resources, 'app-update.yml'),
              clock: systemClock,
              relaunch: (execPath) =>
                app.relaunch({ args: parts.startArguments(), ...(execPath === null ? {} : { execPath }) }),
              log,
            }),
    canInstall: !headless && SELF_INSTALLING.has(kind),
    settings: miner.settings,
    clock: systemClock,
    random: Math.random,
    work: workInHand(miner),
    isWatched: parts.isWindowOpen,
    quit: parts.quit,
    onChange: parts.onChange,
    onError: parts.onError,
  });
}
