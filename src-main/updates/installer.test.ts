import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseOf, UpdateFeed } from '../../e2e/driver/world/update-feed';
import { systemClock } from '../clock/clock';
import { publicKey } from './envelope';
import { openInstaller, type UpdateInstaller } from './installer';
import { type Release, readRelease } from './release';

const NEW_APP = Buffer.from('#!/bin/sh\necho the new one\n'.repeat(5000));
const NEVER = new AbortController().signal;

let feed: UpdateFeed;
let folder: string;
let appImage: string;
const relaunched: (string | null)[] = [];

beforeEach(async () => {
  feed = await UpdateFeed.open();
  folder = mkdtempSync(join(tmpdir(), 'updates-'));
  appImage = join(folder, 'miner.AppImage');
  writeFileSync(appImage, 'the old one');
  mkdirSync(join(folder, 'mounted'));
  writeFileSync(join(folder, 'mounted', 'miner'), '');
  relaunched.length = 0;
});
afterEach(async () => {
  await feed.close();
  rmSync(folder, { recursive: true });
});

function installer(version = '0.1.0'): UpdateInstaller {
  const { channel, keys } = feed.source;
  return openInstaller({
    source: { feed: new URL(feed.url), channel, keys: keys.map(publicKey) },
    kind: 'AppImage',
    version,
    platform: 'linux',
    arch: process.arch,
    env: { APPIMAGE: appImage, APPDIR: join(folder, 'mounted') },
    executable: join(folder, 'mounted', 'miner'),
    folder: join(folder, 'profile'),
    configFile: join(import.meta.dirname, '../../resources/app-update.yml'),
    clock: systemClock,
    relaunch: (executable) => relaunched.push(executable),
    log: () => undefined,
  });
}

/** What is there beside the old app once all is done. */
const installed = () => readFileSync(appImage, 'utf8');

async function lookAndInstall(update = installer()): Promise<void> {
  const found = await update.look(NEVER);
  if (found === null) throw new Error('nothing was found');
  await update.download(NEVER, () => undefined);
  await update.install();
}

describe('a version that its makers signed', () => {
  it('is found, fetched, put in the place of the one that runs, and started from there', async () => {
    feed.offer('0.2.0', NEW_APP);
    const update = installer();
    const found = await update.look(NEVER);
    expect(found).toMatchObject({ release: { version: '0.2.0', notes: { en: 'What is new in 0.2.0' } } });
    const told: number[] = [];
    await update.download(NEVER, (bytes) => told.push(bytes));
    expect(told.at(-1)).toBe(NEW_APP.length);
    expect(installed()).toBe('the old one');
    await update.install();
    expect(installed()).toBe(NEW_APP.toString());
    expect(relaunched).toEqual([appImage]);
    expect(readdirSync(folder).sort()).toEqual(['miner.AppImage', 'mounted', 'profile']);
  });

  it('is fetched once, also where the app was started anew between', async () => {
    feed.offer('0.2.0', NEW_APP);
    const first = installer();
    await first.look(NEVER);
    await first.download(NEVER, () => undefined);
    await lookAndInstall(installer());
    expect(feed.requests.filter((path) => path.endsWith('.AppImage'))).toHaveLength(1);
    expect(installed()).toBe(NEW_APP.toString());
  });

  it.each(['0.1.0', '0.0.9', '0.1.0-beta.1'])(
    'is not found where it is %s, no newer than 0.1.0',
    async (version) => {
      feed.offer(version, NEW_APP);
      expect(await installer().look(NEVER)).toBeNull();
    },
  );

  it('reaches a profile by the number it keeps: none at 0 of a hundred, and the same ones each time', async () => {
    feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, stagingPercent: 0 }));
    expect(await installer().look(NEVER)).toBeNull();
    const number = readFileSync(join(folder, 'profile', '.updaterId'), 'utf8');
    // What electron-updater makes of the number: where in a hundred this profile stands.
    const place = (Buffer.from(number.replaceAll('-', ''), 'hex').readUInt32BE(12) / 0xffffffff) * 100;
    for (const [percent, is] of [
      [Math.max(0, place - 1), false],
      [Math.min(100, place + 1), true],
    ] as const) {
      feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, stagingPercent: percent }));
      expect((await installer().look(NEVER)) !== null).toBe(is);
    }
    expect(readFileSync(join(folder, 'profile', '.updaterId'), 'utf8')).toBe(number);
  });
});

const [file] = releaseOf('0.2.0', NEW_APP).files;
const withFile = (change: object) => (release: Release) => ({ ...release, files: [{ ...file, ...change }] });
const other = generateKeyPairSync('ed25519').privateKey;

describe('before anything is fetched', () => {
  it.each<[string, () => void, string]>([
    [
      'another key',
      () => feed.serve('/stable.json', feed.sealed(releaseOf('0.2.0', NEW_APP), other)),
      'update_signature_wrong',
    ],
    [
      'another version under the signature of one',
      () => {
        const envelope = JSON.parse(feed.sealed(releaseOf('0.2.0', NEW_APP)));
        const payload = Buffer.from(JSON.stringify(releaseOf('9.0.0', NEW_APP))).toString('base64');
        feed.serve('/stable.json', JSON.stringify({ ...envelope, payload }));
      },
      'update_signature_wrong',
    ],
    [
      'a signature over bytes of another type',
      () => {
        const envelope = JSON.parse(feed.sealed(releaseOf('0.2.0', NEW_APP)));
        feed.serve('/stable.json', JSON.stringify({ ...envelope, payloadType: 'text/plain' }));
      },
      'update_unreadable',
    ],
    [
      'no signature',
      () => feed.serve('/stable.json', JSON.stringify(releaseOf('0.2.0', NEW_APP))),
      'update_unreadable',
    ],
    [
      'half of it',
      () => feed.serve('/stable.json', feed.sealed(releaseOf('0.2.0', NEW_APP)).slice(0, 300)),
      'update_unreadable',
    ],
    [
      'more than there may be',
      () => feed.serve('/stable.json', feed.sealed(releaseOf('0.2.0', NEW_APP)).padEnd((512 << 10) + 1)),
      'update_unreadable',
    ],
    [
      'more signatures than there may be, the right one as the last',
      () => {
        const envelope = JSON.parse(feed.sealed(releaseOf('0.2.0', NEW_APP)));
        const others = Array(8).fill({ sig: Buffer.alloc(64).toString('base64') });
        const signatures = [...others, ...envelope.signatures];
        feed.serve('/stable.json', JSON.stringify({ ...envelope, signatures }));
      },
      'update_unreadable',
    ],
    [
      'more files than there may be',
      () => feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, files: Array(33).fill(file) })),
      'update_unreadable',
    ],
    [
      'notes without an end',
      () =>
        feed.offer('0.2.0', NEW_APP, (release) => ({
          ...release,
          notes: { ...release.notes, ru: 'x'.repeat(20_001) },
        })),
      'update_unreadable',
    ],
    [
      'a version without an end',
      () => feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, version: `1.0.0-${'x'.repeat(59)}` })),
      'update_unreadable',
    ],
    [
      'another channel',
      () => feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, channel: 'beta' })),
      'update_unreadable',
    ],
    [
      'another app',
      () => feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, app: 'wallet' })),
      'update_unreadable',
    ],
    [
      'a version that is none',
      () => feed.offer('0.2.0', NEW_APP, (release) => ({ ...release, version: 'v2' })),
      'update_unreadable',
    ],
    [
      'another platform alone',
      () => feed.offer('0.2.0', NEW_APP, withFile({ platform: 'win32' })),
      'update_unreadable',
    ],
    [
      'another processor alone',
      () => feed.offer('0.2.0', NEW_APP, withFile({ arch: process.arch === 'x64' ? 'arm64' : 'x64' })),
      'update_unreadable',
    ],
    [
      'a name that leads out of its folder',
      () => feed.offer('0.2.0', NEW_APP, withFile({ name: '../x.AppImage' })),
      'update_unreadable',
    ],
    [
      'a name with a folder',
      () => feed.offer('0.2.0', NEW_APP, withFile({ name: 'a/x.AppImage' })),
      'update_unreadable',
    ],
    [
      'a name for a shell',
      () => feed.offer('0.2.0', NEW_APP, withFile({ name: 'x;reboot.AppImage' })),
      'update_unreadable',
    ],
    [
      'a size past all bounds',
      () => feed.offer('0.2.0', NEW_APP, withFile({ bytes: 2 ** 40 })),
      'update_unreadable',
    ],
    ['no digest', () => feed.offer('0.2.0', NEW_APP, withFile({ sha512: 'abc' })), 'update_unreadable'],
    ['nothing', () => undefined, 'update_unreachable'],
    [
      'a way to another machine without https:',
      () =>
        feed.serve('/stable.json', (_request, response) =>
          response.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
        ),
      'update_insecure',
    ],
    [
      'a way in circles',
      () =>
        feed.serve('/stable.json', (_request, response) =>
          response.writeHead(302, { location: '/stable.json' }).end(),
        ),
      'update_unreachable',
    ],
    [
      'a connection that breaks off',
      () => feed.serve('/stable.json', (request) => request.socket.destroy()),
      'update_unreachable',
    ],
  ])('%s is refused', async (_name, serve, code) => {
    serve();
    await expect(installer().look(NEVER)).rejects.toMatchObject({ code });
    expect(feed.requests.every((path) => path === '/stable.json')).toBe(true);
    expect(installed()).toBe('the old one');
  });

  it('a way on is followed five times, and not once more', async () => {
    const sealed = feed.sealed(releaseOf('0.2.0', NEW_APP));
    const leadOn = (times: number) => {
      feed.requests.length = 0;
      let left = times;
      feed.serve('/stable.json', (_request, response) => {
        if (left-- > 0) response.writeHead(302, { location: '/stable.json' }).end();
        else response.end(sealed);
      });
    };
    leadOn(5);
    expect(await installer().look(NEVER)).toMatchObject({ release: { version: '0.2.0' } });
    leadOn(6);
    await expect(installer().look(NEVER)).rejects.toMatchObject({ code: 'update_unreachable' });
    expect(feed.requests).toHaveLength(6);
  });

  it('a look that is called off ends at once', async () => {
    feed.serve('/stable.json', () => undefined);
    const abort = new AbortController();
    const looking = installer().look(abort.signal);
    abort.abort(new Error('closed'));
    await expect(looking).rejects.toThrow();
  });
});

describe('a file that was fetched', () => {
  const cut = NEW_APP.subarray(0, 1000);
  const changed = Buffer.from(NEW_APP);
  changed[77] = 0;
  it.each<[string, Buffer]>([
    ['broke off', cut],
    ['is longer', Buffer.concat([NEW_APP, Buffer.from('x')])],
    ['has one other byte', changed],
  ])('is refused where it %s, and nothing of it stays', async (_name, bytes) => {
    const { files } = feed.offer('0.2.0', NEW_APP);
    feed.serve(`/${files[0]?.name}`, bytes);
    await expect(lookAndInstall()).rejects.toMatchObject({ code: 'update_file_wrong' });
    expect(installed()).toBe('the old one');
    expect(readdirSync(join(folder, 'profile', 'packages', 'pending'))).toEqual([]);
  });

  it('is refused where it was changed between its check and its installation', async () => {
    feed.offer('0.2.0', NEW_APP);
    const update = installer();
    await update.look(NEVER);
    await update.download(NEVER, () => undefined);
    const pending = join(folder, 'profile', 'packages', 'pending');
    const name = readdirSync(pending).find((entry) => entry.endsWith('.AppImage')) ?? '';
    writeFileSync(join(pending, name), 'something else');
    await expect(update.install()).rejects.toMatchObject({ code: 'update_file_wrong' });
    expect(installed()).toBe('the old one');
    expect(relaunched).toEqual([]);
  });

  it('is left off where it goes on past its size, be it without end', async () => {
    const { files } = feed.offer('0.2.0', NEW_APP);
    feed.serve(`/${files[0]?.name}`, (_request, response) => {
      response.write(Buffer.concat([NEW_APP, NEW_APP]));
    });
    const update = installer();
    await update.look(NEVER);
    const told: number[] = [];
    const enough = new AbortController();
    const refused = update.download(enough.signal, (bytes) => {
      told.push(bytes);
      if (bytes > NEW_APP.length) enough.abort(new Error('more than there is'));
    });
    await expect(refused).rejects.toMatchObject({ code: 'update_file_wrong' });
    expect(Math.max(0, ...told)).toBeLessThanOrEqual(NEW_APP.length);
  });

  it('may be installed at a second try, also after another look or one that failed', async () => {
    feed.offer('0.2.0', NEW_APP);
    const update = installer();
    await update.look(NEVER);
    await update.download(NEVER, () => undefined);
    rmSync(appImage);
    mkdirSync(appImage);
    await expect(update.install()).rejects.toMatchObject({ code: 'update_not_installed' });
    await update.look(NEVER);
    feed.serve('/stable.json', 'nonsense');
    await expect(update.look(NEVER)).rejects.toMatchObject({ code: 'update_unreadable' });
    rmSync(appImage, { recursive: true });
    writeFileSync(appImage, 'the old one');
    await update.install();
    expect(installed()).toBe(NEW_APP.toString());
    expect(relaunched).toEqual([appImage]);
  });

  it('is not taken for a newer one that was found since', async () => {
    feed.offer('0.2.0', NEW_APP);
    const update = installer();
    await update.look(NEVER);
    await update.download(NEVER, () => undefined);
    feed.offer('0.3.0', Buffer.from('#!/bin/sh\n'));
    await update.look(NEVER);
    await expect(update.install()).rejects.toThrow('nothing was downloaded');
    expect(installed()).toBe('the old one');
  });

  it('is fetched anew where the one that lay there was changed while the app was closed', async () => {
    feed.offer('0.2.0', NEW_APP);
    const first = installer();
    await first.look(NEVER);
    await first.download(NEVER, () => undefined);
    const pending = join(folder, 'profile', 'packages', 'pending');
    const name = readdirSync(pending).find((entry) => entry.endsWith('.AppImage')) ?? '';
    writeFileSync(join(pending, name), 'something else');
    await lookAndInstall(installer());
    expect(installed()).toBe(NEW_APP.toString());
  });

  it('leads nowhere without https:', async () => {
    const { files } = feed.offer('0.2.0', NEW_APP);
    feed.serve(`/${files[0]?.name}`, (_request, response) =>
      response.writeHead(302, { location: 'http://192.0.2.1/x' }).end(),
    );
    await expect(lookAndInstall()).rejects.toMatchObject({ code: 'update_insecure' });
  });

  it('is no AppImage of another program, whose name the environment has', async () => {
    feed.offer('0.2.0', NEW_APP);
    rmSync(join(folder, 'mounted'), { recursive: true });
    const update = installer();
    await update.look(NEVER);
    await update.download(NEVER, () => undefined);
    await expect(update.install()).rejects.toMatchObject({ code: 'update_not_installed' });
    expect(installed()).toBe('the old one');
  });
});

describe('what is signed', () => {
  it('is bound to its digest, version, platform and channel', () => {
    const release = releaseOf('0.2.0', NEW_APP);
    const read = readRelease(Buffer.from(JSON.stringify(release)), 'stable');
    expect(read.files[0]?.sha512).toBe(createHash('sha512').update(NEW_APP).digest('base64'));
    expect(() => readRelease(Buffer.from(JSON.stringify(release)), 'beta')).toThrow(/channel/);
  });
});
