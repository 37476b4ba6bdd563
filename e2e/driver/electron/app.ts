import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { LaneStatus } from '../../../src-shared/compute/lane-status';
import type { Envelope } from '../../../src-shared/ipc/envelope';
import type { UiApi } from '../../../src-shared/ipc/ui-api';
import type { AppState, StatePush } from '../../../src-shared/state/state';
import { environment, runtime } from './runtime';

declare global {
  interface Window {
    readonly miner: UiApi;
    pushes?: StatePush[];
  }
}

/** What the window can ask for, and what each answers. */
type Answers = {
  [Name in keyof UiApi]: UiApi[Name] extends (...args: never[]) => Promise<Envelope<infer T>> ? T : never;
};
type Request = { [Name in keyof UiApi]: [Answers[Name]] extends [never] ? never : Name }[keyof UiApi];

/** Quick enough for tests: small matrices, the shortest slots. */
export const QUICK = ['--block-time', '1', '--matrix-size', '64'];

/** A folder for one profile, gone with `dispose`. */
export function newProfile(): { path: string; dispose: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'miner-profile-'));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Starts the app, with or without a window, for Playwright to drive. */
export function launchElectron(
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<ElectronApplication> {
  const { executable, switches } = runtime();
  // The last of the switches is the app's folder: the gate takes its place and opens on it.
  const gated = [...switches.slice(0, -1), join(import.meta.dirname, 'gate')];
  return _electron.launch({
    executablePath: executable,
    args: [...gated, ...args],
    env: environment({ LANGUAGE: 'en', LANG: 'en_US.UTF-8', ...env }),
  });
}

/** The first lane, of which there is always one. */
export function firstLane({ compute }: Pick<AppState, 'compute'>): LaneStatus {
  const [lane] = compute.lanes;
  if (lane === undefined) throw new Error('there is no lane');
  return lane;
}

/** In the page: keeps every push from now on, so that none is missed between two looks. */
function recordPushes(): void {
  if (window.pushes !== undefined) return;
  const pushes: StatePush[] = [];
  window.pushes = pushes;
  window.miner.onStateChanged((push) => {
    pushes.push(push);
    if (pushes.length > 5000) pushes.shift();
  });
}

/** In the page: the pushes after a revision, or none after a second. */
function pushesAfter(revision: number): Promise<StatePush[]> {
  const after = () => (window.pushes ?? []).filter((push) => push.revision > revision);
  return new Promise((resolve) => {
    const answer = () => {
      stop();
      clearTimeout(timer);
      resolve(after());
    };
    const stop = window.miner.onStateChanged(() => queueMicrotask(answer));
    const timer = setTimeout(answer, 1000);
    if (after().length > 0) answer();
  });
}

// A keychain that does not answer leaves the window at "Starting…".
const STARTING_MS = 5000;

/**
 * The window is there before its code, which says first of all what theme it has, and that before the keys are open.
 * Whoever looks on sees "Starting…" until then.
 */
async function started(page: Page): Promise<void> {
  await page.locator('html[data-theme]').waitFor({ state: 'attached' });
  const starting = page.locator('main[data-starting]');
  await starting.waitFor({ state: 'detached', timeout: STARTING_MS }).catch(() => undefined);
}

/** A running app with its window. */
export class App {
  readonly electron: ElectronApplication;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  #page: Page;

  private constructor(
    electron: ElectronApplication,
    page: Page,
    told: Record<'stdout' | 'stderr', string[]>,
  ) {
    this.electron = electron;
    this.stdout = told.stdout;
    this.stderr = told.stderr;
    this.#page = page;
  }

  /** Starts the app on a profile and waits for its window. */
  static async launch(
    profile: string,
    args: string[],
    env: Record<string, string | undefined> = {},
  ): Promise<App> {
    const electron = await launchElectron(['--profile', profile, ...args], env);
    const told = { stdout: [] as string[], stderr: [] as string[] };
    for (const stream of ['stdout', 'stderr'] as const) {
      electron
        .process()
        [stream]?.on('data', (chunk) => told[stream].push(...String(chunk).split('\n').filter(Boolean)));
    }
    const page = await App.windowOf(electron, 'app://ui/');
    await started(page);
    return new App(electron, page, told);
  }

  /** The window whose page has this origin, there already, on its way to its page, or to come. */
  static windowOf(electron: ElectronApplication, origin: string): Promise<Page> {
    const shows = async (page: Page) => {
      await page.waitForURL(/^app:/);
      return page.url().startsWith(origin);
    };
    const toCome = electron.waitForEvent('window', { predicate: shows });
    const there = electron.windows().map(async (page) => {
      if (await shows(page)) return page;
      throw new Error(`${page.url()} is another window`);
    });
    return Promise.any([toCome, ...there]);
  }

  /** The page of the visible window. */
  get page(): Page {
    return this.#page;
  }

  /** Does something that makes the app open its window anew, and waits for that window. */
  async reopened(act: () => Promise<unknown>): Promise<void> {
    const opened = this.electron.waitForEvent('window');
    await act();
    this.#page = await opened;
    await this.#page.waitForURL('app://ui/**');
    await started(this.#page);
  }

  get pid(): number {
    return this.electron.process().pid ?? 0;
  }

  /** Asks for something as the window does; what is refused is thrown. */
  async ask<Name extends Request>(name: Name, ...args: Parameters<UiApi[Name]>): Promise<Answers[Name]> {
    const answer = await this.page.evaluate(
      ([name, args]) => (window.miner[name] as (...args: unknown[]) => Promise<Envelope<unknown>>)(...args),
      [name, args] as const,
    );
    if (!answer.ok) throw new Error(`${name} is refused: ${answer.error.code}, ${answer.error.message}`);
    return answer.value as Answers[Name];
  }

  /** What the window is told. */
  async state(): Promise<AppState> {
    return (await this.ask('getState')).state;
  }

  /** Has the faucet top up the key, once there is a faucet. */
  async topUp(): Promise<void> {
    await this.until('a faucet', ({ faucet }) => faucet.available);
    await this.ask('topUp');
  }

  /** Waits until what the window is told fits; every change is looked at. */
  async until(what: string, fits: (state: AppState) => boolean, timeoutMs = 60_000): Promise<AppState> {
    const deadline = Date.now() + timeoutMs;
    await this.page.evaluate(recordPushes);
    let { revision, state } = await this.ask('getState');
    while (!fits(state)) {
      if (Date.now() > deadline)
        throw new Error(`not within ${timeoutMs} ms: ${what}\n${JSON.stringify(state, null, 1)}`);
      for (const push of await this.page.evaluate(pushesAfter, revision)) {
        state = { ...state, ...push.changed };
        revision = push.revision;
        if (fits(state)) return state;
      }
    }
    return state;
  }

  /** The process of the built-in development network. */
  async devnetPid(): Promise<number> {
    const metrics = await this.electron.evaluate(({ app }) => app.getAppMetrics());
    const network = metrics.find(({ name }) => name === 'ComputeChain development network');
    if (network === undefined) throw new Error('there is no development network');
    return network.pid;
  }

  /** Ends the app the way "Quit" does. */
  async quit(): Promise<void> {
    await this.electron.close();
  }

  /** Ends the app the way a power cut does. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.electron.process().once('exit', resolve));
    process.kill(this.pid, 'SIGKILL');
    await gone;
  }
}
