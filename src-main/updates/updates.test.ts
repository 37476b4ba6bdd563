import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/errors';
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings';
import { VirtualClock } from '../clock/virtual-clock';
import type { Found, UpdateInstaller } from './installer';
import { Updates } from './updates';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

type Mode = Settings['updates'];

function foundVersion(version: string): Found {
  const file = {
    platform: 'linux',
    arch: 'x64',
    kind: 'AppImage',
    name: 'miner.AppImage',
    bytes: 1000,
    sha512: `sha512 of ${version}`,
  } as const;
  const release = {
    app: 'computechain-miner',
    version,
    channel: 'stable',
    releasedAt: '2026-11-20T12:00:00Z',
    stagingPercent: 100,
    notes: { en: 'new', ru: 'новое' },
    files: [file],
  } as const;
  return { release: { ...release, files: [...release.files] }, file };
}

type Given = {
  mode?: Mode;
  kept?: Map<string, unknown>;
  clock?: VirtualClock;
  hasSource?: boolean;
  canInstall?: boolean;
};

function scene({
  mode = 'tell',
  kept = new Map(),
  clock = new VirtualClock(),
  hasSource = true,
  canInstall = true,
}: Given = {}) {
  const told: string[] = [];
  const place: { offers: Found | Error | null; file: Error | null; installs: Error | null } = {
    offers: foundVersion('0.2.0'),
    file: null,
    installs: null,
  };
  const installer: UpdateInstaller = {
    look: async () => {
      told.push('look');
      if (place.offers instanceof Error) throw place.offers;
      return place.offers;
    },
    download: async (signal, onProgress) => {
      told.push('download');
      onProgress(500);
      await Promise.resolve();
      signal.throwIfAborted();
      if (place.file !== null) throw place.file;
      onProgress(1000);
    },
    install: async () => {
      told.push('install');
      if (place.installs !== null) throw place.installs;
    },
  };
  let current: Settings = { ...DEFAULT_SETTINGS, updates: mode };
  let watcher: (() => void) | null = null;
  const settings = {
    get current() {
      return current;
    },
    get: (name: string) => kept.get(name) as never, // what was set
    set: (name: string, value: unknown) => void kept.set(name, value),
    remove: (name: string) => void kept.delete(name),
    watch: (_name: string, listener: (value: never) => void) => {
      watcher = () => listener(undefined as never); // nobody reads it
      return () => {
        watcher = null;
      };
    },
  };
  const work = { isGoing: false, finishes: 0, goesOn: 0 };
  const desk = { isWatched: true };
  const updates = new Updates({
    openInstaller: hasSource
      ? () => {
          told.push('open');
          return installer;
        }
      : null,
    canInstall,
    settings,
    clock,
    random: () => 0.5,
    work: {
      get isGoing() {
        return work.isGoing;
      },
      finish: () => {
        work.finishes += 1;
      },
      goOn: () => {
        work.goesOn += 1;
      },
    },
    isWatched: () => desk.isWatched,
    quit: () => told.push('quit'),
    onChange: () => undefined,
    onError: () => undefined,
  });
  const choose = (chosen: Mode) => {
    current = { ...current, updates: chosen };
    watcher?.();
  };
  return { updates, told, place, clock, work, desk, kept, choose, settled: () => clock.advance(0) };
}

const unreachable = () => new AppError('update_unreachable', 'away');

describe('nobody is asked', () => {
  it.each<Given>([{ mode: 'off' }, { mode: 'install', hasSource: false }])(
    'for anything in a month where it is %o',
    async (given) => {
      const { updates, told, clock } = scene(given);
      updates.open();
      await clock.advance(30 * DAY_MS);
      await updates.workChanged();
      expect(told).toEqual([]);
      expect(() => updates.look()).toThrow(expect.objectContaining({ code: 'forbidden' }));
      expect(() => updates.download()).toThrow(expect.objectContaining({ code: 'not_ready' }));
      expect(() => updates.install()).toThrow(expect.objectContaining({ code: 'not_ready' }));
    },
  );

  it('any more once it is turned off, and what was found is forgotten', async () => {
    const { updates, told, clock, choose } = scene();
    updates.open();
    await clock.advance(DAY_MS);
    expect(updates.slice.found?.version).toBe('0.2.0');
    choose('off');
    expect(updates.slice.found).toBeNull();
    told.length = 0;
    await clock.advance(30 * DAY_MS);
    expect(told).toEqual([]);
  });

  it('any more once the app closes', async () => {
    const { updates, told, clock } = scene();
    updates.open();
    updates.close();
    await clock.advance(30 * DAY_MS);
    expect(told).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});

describe('looking', () => {
  it('begins minutes after the start, and comes again about once a day', async () => {
    const { updates, told, clock } = scene();
    updates.open();
    await clock.advance(MINUTE_MS - 1);
    expect(told).toEqual([]);
    await clock.advance(9 * MINUTE_MS + 1);
    expect(told).toEqual(['open', 'look']);
    await clock.advance(10 * DAY_MS);
    expect(told.filter((event) => event === 'look')).toHaveLength(11);
  });

  it('comes at once where a person has just agreed to it', async () => {
    const { updates, told, choose, settled } = scene({ mode: 'off' });
    updates.open();
    choose('tell');
    await settled();
    expect(told).toEqual(['open', 'look']);
    expect(updates.slice).toMatchObject({
      doing: 'nothing',
      found: { version: '0.2.0', isDownloaded: false },
    });
  });

  it('fails ever more rarely, is told of, and is well again', async () => {
    const { updates, told, clock, place } = scene();
    place.offers = unreachable();
    updates.open();
    await clock.advance(12 * HOUR_MS);
    const tries = told.filter((event) => event === 'look').length;
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(7);
    expect(updates.slice.error?.code).toBe('update_unreachable');
    place.offers = foundVersion('0.2.0');
    await updates.look();
    expect(updates.slice).toMatchObject({ error: null, found: { version: '0.2.0' } });
  });

  it('keeps when it was done last over a start', async () => {
    const { updates, kept, clock } = scene();
    expect(updates.slice.lookedAtMs).toBeNull();
    await updates.look();
    expect(scene({ kept }).updates.slice.lookedAtMs).toBe(clock.now());
  });

  it('believes no place that shows an older version than it once had, also after a start', async () => {
    const first = scene();
    first.place.offers = foundVersion('0.10.0');
    await first.updates.look();
    const { updates, place } = scene({ kept: first.kept });
    place.offers = foundVersion('0.9.0');
    await updates.look();
    expect(updates.slice).toMatchObject({
      found: null,
      error: { code: 'update_older', params: { version: '0.9.0', highest: '0.10.0' } },
    });
    place.offers = foundVersion('0.11.0');
    await updates.look();
    expect(updates.slice).toMatchObject({ found: { version: '0.11.0' }, error: null });
  });
});

describe('told of alone', () => {
  it('nothing is fetched before a person wants it, and nothing installed before they want that', async () => {
    const { updates, told, desk, clock } = scene();
    updates.open();
    desk.isWatched = false;
    await clock.advance(5 * DAY_MS);
    expect(new Set(told)).toEqual(new Set(['open', 'look']));
    await updates.download();
    expect(updates.slice).toMatchObject({ downloadedBytes: 1000, found: { isDownloaded: true } });
    await clock.advance(5 * DAY_MS);
    expect(told).not.toContain('install');
    await updates.install();
    expect(told.slice(-2)).toEqual(['install', 'quit']);
    expect(updates.slice.doing).toBe('installing');
  });

  it('a package that does not replace itself is never fetched', async () => {
    const { updates, told } = scene({ mode: 'install', canInstall: false });
    await updates.look();
    expect(() => updates.download()).toThrow(expect.objectContaining({ code: 'not_ready' }));
    expect(told).toEqual(['open', 'look']);
  });

  it('a file that is wrong is told of, and fetched anew when wanted', async () => {
    const { updates, place, told } = scene();
    await updates.look();
    place.file = new AppError('update_file_wrong', 'wrong');
    await updates.download();
    expect(updates.slice).toMatchObject({
      error: { code: 'update_file_wrong' },
      found: { isDownloaded: false },
    });
    expect(() => updates.install()).toThrow(expect.objectContaining({ code: 'not_ready' }));
    place.file = null;
    await updates.download();
    expect(updates.slice).toMatchObject({ error: null, found: { isDownloaded: true } });
    expect(told.filter((event) => event === 'download')).toHaveLength(2);
  });

  it('another version found later is fetched anew', async () => {
    const { updates, place } = scene();
    await updates.look();
    await updates.download();
    await updates.look();
    expect(updates.slice.found?.isDownloaded).toBe(true);
    place.offers = foundVersion('0.3.0');
    await updates.look();
    expect(updates.slice.found).toMatchObject({ version: '0.3.0', isDownloaded: false });
  });
});

describe('the work in hand', () => {
  it('is done first, also where a person wants the new version now', async () => {
    const { updates, told, work } = scene();
    work.isGoing = true;
    await updates.look();
    await updates.download();
    await updates.install();
    expect(work.finishes).toBe(1);
    expect(updates.slice.doing).toBe('finishing');
    await updates.workChanged();
    expect(told).not.toContain('install');
    work.isGoing = false;
    await updates.workChanged();
    expect(told.slice(-2)).toEqual(['install', 'quit']);
    expect(work.goesOn).toBe(0);
  });

  it('goes on where it is not done within ten minutes', async () => {
    const { updates, told, work, clock } = scene();
    work.isGoing = true;
    await updates.look();
    await updates.download();
    await updates.install();
    await clock.advance(10 * MINUTE_MS);
    expect(work.goesOn).toBe(1);
    expect(updates.slice).toMatchObject({ doing: 'nothing', error: { code: 'update_not_installed' } });
    work.isGoing = false;
    await updates.workChanged();
    expect(told).not.toContain('install');
  });

  it('goes on where the new version could not be installed, which is not tried again by itself', async () => {
    const { updates, told, work, place, desk, clock } = scene({ mode: 'install' });
    desk.isWatched = false;
    place.installs = new AppError('update_not_installed', 'no');
    await updates.look();
    expect(work.goesOn).toBe(1);
    expect(told).not.toContain('quit');
    expect(updates.slice).toMatchObject({ doing: 'nothing', error: { code: 'update_not_installed' } });
    await clock.advance(5 * DAY_MS);
    expect(told.filter((event) => event === 'install')).toHaveLength(1);
    place.installs = null;
    await updates.install();
    expect(told.slice(-2)).toEqual(['install', 'quit']);
  });

  it('is not ended over and over where each start finds the old version still there', async () => {
    const first = scene({ mode: 'install' });
    first.desk.isWatched = false;
    await first.updates.look();
    expect(first.told).toContain('quit');
    const second = scene({ mode: 'install', kept: first.kept });
    second.desk.isWatched = false;
    await second.updates.look();
    expect(second.told).not.toContain('install');
  });
});

describe('installed by itself', () => {
  it('it is fetched at once, and put in place once nobody looks on', async () => {
    const { updates, told, desk, work } = scene({ mode: 'install' });
    await updates.look();
    expect(told).toEqual(['open', 'look', 'download']);
    expect(work.finishes).toBe(0);
    desk.isWatched = false;
    await updates.workChanged();
    expect(told.slice(-2)).toEqual(['install', 'quit']);
  });

  it('is left for a day with one click, over a start too, and comes after it', async () => {
    const { updates, told, desk, kept, clock } = scene({ mode: 'install' });
    await updates.look();
    updates.postpone();
    expect(updates.slice.postponedUntilMs).toBe(clock.now() + DAY_MS);
    desk.isWatched = false;
    await updates.workChanged();
    const later = scene({ mode: 'install', kept, clock });
    later.desk.isWatched = false;
    await later.updates.look();
    expect([...told, ...later.told]).not.toContain('install');
    await clock.advance(DAY_MS);
    await updates.workChanged();
    expect(told).toContain('install');
  });

  it('is called off with the same click while it waits for the work, which goes on', async () => {
    const { updates, told, desk, work } = scene({ mode: 'install' });
    desk.isWatched = false;
    work.isGoing = true;
    await updates.look();
    expect(updates.slice.doing).toBe('finishing');
    updates.postpone();
    expect(updates.slice.doing).toBe('nothing');
    expect(work.goesOn).toBe(1);
    work.isGoing = false;
    await updates.workChanged();
    expect(told).not.toContain('install');
  });

  it('is put off no longer than a day, whatever the clock is set to meanwhile', async () => {
    const { updates, clock } = scene();
    await updates.look();
    updates.postpone();
    clock.setWall(-30 * DAY_MS);
    expect(updates.slice.postponedUntilMs).toBeNull();
  });
});
