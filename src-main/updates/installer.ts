import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AppUpdater, BaseUpdater, MacUpdater, UpdateInfo } from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter';
import type { DownloadExecutorResult, DownloadUpdateOptions } from 'electron-updater/out/AppUpdater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import { unreadable } from './envelope';
import { checkFile, downloadFile, fetchRelease } from './fetch-update';
import { ownAppImage } from './package-kind';
import { fileFor, type PackageKind, type Release, type ReleaseFile } from './release';
import { replaceProgram } from './replace-file';
import type { UpdateSource } from './update-source';

/** What of a found version concerns this machine. */
export type Found = { readonly release: Release; readonly file: ReleaseFile };

/** Looks for a newer version, fetches it and puts it in this one's place. */
export type UpdateInstaller = {
  /** @returns null where none is newer, or it is not this machine's turn yet @throws AppError `update_*` */
  look(signal: AbortSignal): Promise<Found | null>;
  /** Fetches and checks what `look` found. @throws AppError `update_*`, `disk_full`, `profile_unwritable` */
  download(signal: AbortSignal, onProgress: (bytes: number) => void): Promise<void>;
  /**
   * Checks the file once more and has it installed; the app is to end at once then, and is started anew.
   * @throws AppError `update_file_wrong`, `update_not_installed`
   */
  install(): Promise<void>;
};

export type InstallerParts = {
  readonly source: UpdateSource;
  readonly kind: PackageKind;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: NodeJS.ProcessEnv;
  readonly executable: string;
  /** The profile's folder: what is fetched lies there, and the number that staging goes by. */
  readonly folder: string;
  /** The file of electron-updater's own settings. */
  readonly configFile: string;
  readonly clock: Pick<Clock, 'after'>;
  /** Has this program started again once it has ended; from another file where one is named. */
  readonly relaunch: (executable: string | null) => void;
  readonly log: (message: string) => void;
};

/** What electron-updater fetches files with; its types have it from Electron's network alone. */
type Fetches = { download(url: URL, destination: string, how: unknown): Promise<void> };
type Library = typeof import('electron-updater');
const load = createRequire(import.meta.url);

/**
 * electron-updater, told what is new by our own signed release, and given files by our own transport: it compares
 * versions, keeps the number for staging, and knows how each system is told to install. Loaded when it is first needed.
 */
export function openInstaller(parts: InstallerParts): UpdateInstaller {
  const { source, kind, version, platform, arch, folder, clock, log } = parts;
  const updater = updaterFor(parts);
  let found: Found | null = null;
  let downloaded: { readonly path: string; readonly file: ReleaseFile } | null = null;
  let signal = new AbortController().signal;
  let onProgress: (bytes: number) => void = () => undefined;
  let failure: unknown = null;

  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = source.channel !== 'stable';
  updater.disableDifferentialDownload = true;
  updater.disableWebInstaller = true;
  updater.logger = { info: log, warn: log, error: log };
  updater.on('error', (error) => {
    failure = error;
  });
  updater.updateConfigPath = parts.configFile;
  fetchBy(updater, {
    download: async (url, destination) => {
      if (found === null) throw new Error('nothing was found yet');
      await downloadFile(url, found.file, destination, { signal, clock, onProgress });
    },
  });
  const { Provider } = lazily();
  updater.setFeedURL({
    provider: 'custom',
    updateProvider: class extends Provider<UpdateInfo> {
      constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
        super(runtime);
      }

      async getLatestVersion(): Promise<UpdateInfo> {
        const release = await fetchRelease(source, signal);
        const file = fileFor(release, { platform, arch, kind });
        if (file === null)
          throw unreadable(`version ${release.version} has no ${kind} for ${platform} ${arch}`);
        found = { release, file };
        return {
          version: release.version,
          releaseDate: release.releasedAt,
          stagingPercentage: release.stagingPercent,
          files: [{ url: file.name, sha512: file.sha512, size: file.bytes }],
          path: file.name,
          sha512: file.sha512,
        };
      }

      resolveFiles({ files }: UpdateInfo) {
        return files.map((info) => ({ url: new URL(info.url, source.feed), info }));
      }
    } as never,
  });

  return {
    async look(asked) {
      signal = asked;
      const result = await updater.checkForUpdates();
      return result?.isUpdateAvailable === true ? found : null;
    },
    async download(asked, progress) {
      signal = asked;
      onProgress = progress;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const [path] = await updater.downloadUpdate();
      if (path === undefined) throw new Error('electron-updater names no file');
      if (found !== null) downloaded = { path, file: found.file };
    },
    async install() {
      if (found === null || downloaded?.file.sha512 !== found.file.sha512)
        throw new Error('nothing was downloaded');
      const { release } = found;
      await checkFile(downloaded.path, downloaded.file);
      log(`installing version ${release.version} in the place of ${version}`);
      failure = null;
      if (platform === 'darwin') (updater as unknown as MacUpdater).quitAndInstall();
      else if (!installOnce(updater)) failure ??= 'it was called off';
      if (failure !== null) throw notInstalled(failure);
    },
  };
}

function updaterFor(parts: InstallerParts): AppUpdater {
  const { kind, version, folder, configFile, relaunch } = parts;
  const adapter = {
    version,
    name: 'ComputeChain Miner',
    isPackaged: true,
    appUpdateConfigPath: configFile,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => relaunch(null),
    // How the app ends is its own affair.
    quit: () => undefined,
    onQuit: () => undefined,
  };
  const { NsisUpdater, MacUpdater, DebUpdater, RpmUpdater } = lazily();
  switch (kind) {
    case 'nsis':
      return new NsisUpdater(undefined, adapter);
    case 'zip':
      return new MacUpdater(undefined, adapter);
    case 'deb':
      return new DebUpdater(undefined, adapter);
    case 'rpm':
      return new RpmUpdater(undefined, adapter);
    default:
      return appImageUpdater(parts, adapter);
  }
}

/** The library tries once in its life, whatever came of it: here a person may try again. */
function installOnce(updater: AppUpdater): boolean {
  const base = updater as unknown as Pick<BaseUpdater, 'install'> & { quitAndInstallCalled: boolean };
  base.quitAndInstallCalled = false;
  return base.install(true, true);
}

function fetchBy(updater: AppUpdater, fetches: Fetches): void {
  (updater as unknown as { httpExecutor: Fetches }).httpExecutor = fetches; // see Fetches
}

function fetches(updater: AppUpdater): Fetches {
  return (updater as unknown as { httpExecutor: Fetches }).httpExecutor; // see Fetches
}

/** The library's own takes the old file away before the new one is there, and starts that while this app still runs. */
function appImageUpdater({ env, executable, relaunch }: InstallerParts, adapter: AppAdapter): AppUpdater {
  const { BaseUpdater } = lazily();
  class InPlace extends BaseUpdater {
    constructor() {
      super(null, adapter);
    }

    protected doDownloadUpdate(options: DownloadUpdateOptions): Promise<DownloadExecutorResult> {
      const { info, provider } = options.updateInfoAndProvider;
      const [fileInfo] = provider.resolveFiles(info);
      if (fileInfo === undefined) throw new Error('the release has no file');
      return this.executeDownload({
        fileExtension: 'AppImage',
        fileInfo,
        downloadUpdateOptions: options,
        task: (destination, how) => fetches(this).download(fileInfo.url, destination, how),
      });
    }

    protected doInstall(): boolean {
      const target = ownAppImage(env, executable);
      const by = this.installerPath;
      if (target === null || by === null)
        throw new Error('it is not known which file this app was started from');
      replaceProgram(target, by);
      relaunch(target);
      return true;
    }
  }
  return new InPlace();
}

function lazily(): Library {
  return load('electron-updater') as Library;
}

function notInstalled(cause: unknown): AppError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'update_not_installed',
    `The new version could not be installed: ${detail}. This version goes on. Try it again, or install the new one by hand.`,
    { remedy: 'retry', params: { detail }, cause },
  );
}
