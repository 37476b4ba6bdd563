import { lt } from 'semver';
import { z } from 'zod';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { UpdatesSlice } from '../../src-shared/state/updates';
import { BackOff } from '../async/back-off';
import { momentOf } from '../clock/calendar';
import type { Clock } from '../clock/clock';
import type { SettingsStore } from '../storage/settings-store';
import type { Found, UpdateInstaller } from './installer';

/** The work that an update waits for. */
export type WorkInHand = {
  /** Whether anything is planned, computed, signed or on its way, or will be. */
  readonly isGoing: boolean;
  /** Plans no more; what is in hand is done. What a person decided stays as it is for the next start. */
  finish(): void;
  /** Goes on with what `finish` ended. */
  goOn(): void;
};

type Parts = {
  /** Opens what looks and installs, once it is needed; null where this build names no place to look at. */
  readonly openInstaller: (() => UpdateInstaller) | null;
  /** Whether this kind of package replaces itself. */
  readonly canInstall: boolean;
  readonly settings: Pick<SettingsStore, 'current' | 'get' | 'set' | 'remove' | 'watch'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly work: WorkInHand;
  /** Whether somebody sits before the window, and is not to lose it. */
  readonly isWatched: () => boolean;
  /** Ends the app, so that the new version takes its place. */
  readonly quit: () => void;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
};

type Doing = UpdatesSlice['doing'];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
// Not all at once where many start together, and not while a start is busy with itself.
const FIRST_LOOK = { leastMs: MINUTE_MS, spreadMs: 9 * MINUTE_MS };
const NEXT_LOOK = { leastMs: 23 * HOUR_MS, spreadMs: 2 * HOUR_MS };
// What is in hand takes minutes; longer than that it is better not to wait, and to go on.
const FINISHES_WITHIN_MS = 10 * MINUTE_MS;

const LOOKED = 'updates.lookedAt';
const HIGHEST = 'updates.highest';
const POSTPONED = 'updates.postponedUntil';
const TRIED = 'updates.tried';

/**
 * Newer versions of the app: looked for once a person has agreed to it, fetched and installed as they chose. Nothing is
 * installed while a task, a job or a signature is in hand.
 */
export class Updates {
  readonly #parts: Parts;
  readonly #backOff: BackOff;
  #installer: UpdateInstaller | null = null;
  #doing: Doing = 'nothing';
  #found: Found | null = null;
  #isDownloaded = false;
  #downloadedBytes = 0;
  #error: ErrorReport | null = null;
  #abort = new AbortController();
  #callOffLook: () => void = () => undefined;
  #callOffWait: () => void = () => undefined;
  readonly #stopWatching: () => void;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#backOff = new BackOff(HOUR_MS, DAY_MS, parts.random);
    this.#stopWatching = parts.settings.watch('updates', () => this.#chosen());
  }

  /** How it stands, for the screens. */
  get slice(): UpdatesSlice {
    const { openInstaller, canInstall, settings } = this.#parts;
    const found = this.#found;
    return {
      canLook: openInstaller !== null,
      canInstall,
      doing: this.#doing,
      found:
        found === null
          ? null
          : {
              version: found.release.version,
              releasedAtMs: momentOf(found.release.releasedAt),
              notes: found.release.notes,
              bytes: found.file.bytes,
              isDownloaded: this.#isDownloaded,
            },
      downloadedBytes: this.#downloadedBytes,
      lookedAtMs: settings.get(LOOKED, z.number()) ?? null,
      postponedUntilMs: this.#postponedUntil(),
      error: this.#error,
    };
  }

  /** Begins to look from time to time, where a person agreed to that. */
  open(): void {
    if (this.#mayLook()) this.#lookIn(FIRST_LOOK);
  }

  /**
   * Looks now; what comes of it is in `slice`.
   * @throws AppError `forbidden` at once where nobody agreed to looking, or there is nowhere to look
   */
  look(): Promise<void> {
    if (!this.#mayLook())
      throw new AppError(
        'forbidden',
        'Newer versions are looked for once that is chosen in the settings, in a build that knows where to look.',
        { remedy: 'open_settings' },
      );
    return this.#doing === 'nothing' ? this.#look() : Promise.resolve();
  }

  async #look(): Promise<void> {
    await this.#do('looking', async (installer, signal) => {
      const found = await installer.look(signal);
      if (found !== null) this.#refuseOlder(found);
      this.#take(found);
      this.#parts.settings.set(LOOKED, this.#parts.clock.now());
    });
    if (this.#error === null) this.#backOff.reset();
    this.#lookIn(this.#error === null ? NEXT_LOOK : { leastMs: this.#backOff.next(), spreadMs: 0 });
    await this.#proceed();
  }

  /**
   * Fetches what was found; how it goes is in `slice`.
   * @throws AppError `not_ready` at once where nothing was, or something else is being done
   */
  download(): Promise<void> {
    if (this.#found === null || this.#doing !== 'nothing' || !this.#parts.canInstall) throw notReady();
    this.#unpostpone();
    return this.#download();
  }

  /**
   * Installs what was downloaded as soon as what is in hand is done.
   * @throws AppError `not_ready` at once where nothing is downloaded, or something else is being done
   */
  install(): Promise<void> {
    if (!this.#isDownloaded || this.#doing !== 'nothing') throw notReady();
    this.#unpostpone();
    this.#finish();
    return this.workChanged();
  }

  /** Leaves a person alone with it for a day; what waits for the work in hand is called off. */
  postpone(): void {
    this.#parts.settings.set(POSTPONED, this.#parts.clock.now() + DAY_MS);
    if (this.#doing === 'downloading') this.#abort.abort();
    if (this.#doing === 'finishing') this.#goOn();
    this.#parts.onChange();
  }

  /** The work, or whether somebody watches, changed: what waits for it may go on. */
  async workChanged(): Promise<void> {
    if (this.#doing === 'nothing') await this.#proceed();
    if (this.#doing !== 'finishing' || this.#parts.work.isGoing) return;
    this.#callOffWait();
    this.#doing = 'nothing';
    await this.#do('installing', async (installer) => {
      this.#parts.settings.set(TRIED, this.#found?.release.version ?? null);
      await installer.install();
    });
    if (this.#error === null) {
      this.#doing = 'installing';
      this.#parts.quit();
    } else this.#parts.work.goOn();
  }

  /** Nothing is looked for, fetched or waited for any more. */
  close(): void {
    this.#stopWatching();
    this.#stop();
  }

  /** A person decided anew whether and how. */
  #chosen(): void {
    if (this.#doing !== 'installing') this.#stop();
    if (!this.#mayLook()) this.#take(null);
    else if (this.#found === null) void this.look().catch(this.#parts.onError);
    else void this.#proceed();
    this.#parts.onChange();
  }

  #stop(): void {
    this.#callOffLook();
    this.#abort.abort();
    if (this.#doing === 'finishing') this.#goOn();
  }

  #mayLook(): boolean {
    return this.#parts.openInstaller !== null && this.#parts.settings.current.updates !== 'off';
  }

  /** Does by itself what a person chose to have done. */
  async #proceed(): Promise<void> {
    const { settings, isWatched, canInstall } = this.#parts;
    if (this.#found === null || this.#doing !== 'nothing' || this.#error !== null) return;
    // Asked at every change of the miner: what is read from the database comes last.
    if (settings.current.updates !== 'install' || !canInstall || this.#postponedUntil() !== null) return;
    // Once is enough by itself: what did not go well would not stop failing at each start.
    if (settings.get(TRIED, z.string().nullable()) === this.#found.release.version) return;
    if (!this.#isDownloaded) await this.#download();
    if (this.#isDownloaded && this.#doing === 'nothing' && !isWatched()) {
      this.#finish();
      await this.workChanged();
    }
  }

  async #download(): Promise<void> {
    const total = this.#found?.file.bytes ?? 1;
    const percentOf = (bytes: number) => Math.floor((bytes / total) * 100);
    this.#downloadedBytes = 0;
    await this.#do('downloading', async (installer, signal) => {
      await installer.download(signal, (bytes) => {
        const isNextPercent = percentOf(bytes) !== percentOf(this.#downloadedBytes);
        this.#downloadedBytes = bytes;
        if (isNextPercent) this.#parts.onChange();
      });
      this.#isDownloaded = true;
    });
  }

  #finish(): void {
    this.#doing = 'finishing';
    this.#parts.work.finish();
    this.#callOffWait = this.#parts.clock.after(FINISHES_WITHIN_MS, () => {
      this.#goOn();
      this.#fail(
        new AppError(
          'update_not_installed',
          `The new version could not be installed: the work in hand was not done within ${FINISHES_WITHIN_MS / MINUTE_MS} minutes. This version goes on. Try it again, or install the new one by hand.`,
          { remedy: 'retry' },
        ),
      );
    });
    this.#parts.onChange();
  }

  #goOn(): void {
    this.#callOffWait();
    this.#doing = 'nothing';
    this.#parts.work.goOn();
  }

  /** One thing at a time; what goes wrong is kept to be shown. What a person called off is no error. */
  async #do(
    doing: Doing,
    act: (installer: UpdateInstaller, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { openInstaller, onChange } = this.#parts;
    this.#doing = doing;
    this.#error = null;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    onChange();
    try {
      this.#installer ??= openInstaller?.() ?? null;
      if (this.#installer !== null) await act(this.#installer, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    } finally {
      this.#doing = 'nothing';
      onChange();
    }
  }

  #fail(error: unknown): void {
    this.#error = toErrorReport(error);
    this.#parts.onError(error);
    this.#parts.onChange();
  }

  #take(found: Found | null): void {
    const isSame = found !== null && found.file.sha512 === this.#found?.file.sha512;
    this.#isDownloaded &&= isSame;
    this.#found = found;
    this.#error = null;
    if (found !== null) this.#parts.settings.set(HIGHEST, found.release.version);
  }

  /** A place that once had a newer one, and now shows an older, is not to be believed: its makers never go back. */
  #refuseOlder({ release: { version } }: Found): void {
    const highest = this.#parts.settings.get(HIGHEST, z.string());
    if (highest === undefined || !lt(version, highest)) return;
    this.#take(null);
    throw new AppError(
      'update_older',
      `The place for updates offers version ${version}, though it had ${highest} before. Somebody may be keeping newer ones from you, so nothing was installed. It is asked again later.`,
      { remedy: 'wait', params: { version, highest } },
    );
  }

  #lookIn({ leastMs, spreadMs }: { readonly leastMs: number; readonly spreadMs: number }): void {
    const { clock, random, onError } = this.#parts;
    this.#callOffLook();
    if (!this.#mayLook()) return;
    this.#callOffLook = clock.after(leastMs + random() * spreadMs, () => {
      // What is being done now will be seen through; the next look comes all the same.
      if (this.#doing !== 'nothing') this.#lookIn(NEXT_LOOK);
      else void this.look().catch(onError);
    });
  }

  #postponedUntil(): number | null {
    const until = this.#parts.settings.get(POSTPONED, z.number()) ?? null;
    const now = this.#parts.clock.now();
    // A clock that was set does not make a day a year.
    return until === null || until <= now || until > now + DAY_MS ? null : until;
  }

  #unpostpone(): void {
    this.#parts.settings.remove(POSTPONED);
  }
}

function notReady(): AppError {
  return new AppError('not_ready', 'There is no new version to do this with now.', { remedy: 'wait' });
}
