import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toErrorReport } from '../../src-shared/errors';
import { sealEnvelope } from '../updates/envelope';
import { CHANNELS, type ReleaseFile, releaseSchema } from '../updates/release';

const USAGE = `Usage: release:sign --key FILE --folder DIR --version X.Y.Z --released TIME [options]
       release:sign --new-key FILE

  --key FILE         the private key (PEM)
  --folder DIR       the packages; CHANNEL.json is written beside them
  --version X.Y.Z    which version they are
  --released TIME    when it is released, ISO 8601 in UTC (2026-01-31T12:00:00Z)
  --channel NAME     ${CHANNELS.join(' or ')} (default ${CHANNELS[0]})
  --percent N        how many of a hundred get it now (default 100)
  --notes-en FILE    what is new, in English
  --notes-ru FILE    the same in Russian
  --new-key FILE     make a key instead: the private one into FILE, the public one is printed`;

/** How the command ends: what it says on the standard output, or why it did nothing. */
export type SignEnd = { readonly exitCode: 0 | 1 | 2; readonly lines: readonly string[] };

type Kind = Pick<ReleaseFile, 'platform' | 'kind'>;

/** How a package's name goes on after the app's name and version; the word in parentheses is its processor. */
const NAMES: readonly (readonly [RegExp, Kind])[] = [
  [/^linux-(\w+)\.AppImage$/, { platform: 'linux', kind: 'AppImage' }],
  [/^linux-(\w+)\.deb$/, { platform: 'linux', kind: 'deb' }],
  [/^linux-(\w+)\.rpm$/, { platform: 'linux', kind: 'rpm' }],
  [/^linux-(\w+)\.tar\.gz$/, { platform: 'linux', kind: 'tar.gz' }],
  [/^win-(\w+)\.exe$/, { platform: 'win32', kind: 'nsis' }],
  [/^portable-(\w+)\.exe$/, { platform: 'win32', kind: 'portable' }],
  [/^mac-(\w+)\.zip$/, { platform: 'darwin', kind: 'zip' }],
  [/^mac-(\w+)\.dmg$/, { platform: 'darwin', kind: 'dmg' }],
];

/** Each kind of package has names of its own for the same processors. */
const PROCESSORS: Readonly<Record<string, ReleaseFile['arch']>> = {
  x64: 'x64',
  amd64: 'x64',
  x86_64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
  universal: 'universal',
};

/** Runs `release:sign …`: 0 where it is signed, 1 where it can't be, 2 for bad arguments. */
export async function runSignRelease(args: readonly string[]): Promise<SignEnd> {
  let options: ReturnType<typeof optionsOf>;
  try {
    options = optionsOf(args);
  } catch (error) {
    return { exitCode: 2, lines: [toErrorReport(error).message, '', USAGE] };
  }
  try {
    if ('newKey' in options) return { exitCode: 0, lines: [newKey(options.newKey)] };
    return { exitCode: 0, lines: await sign(options) };
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : toErrorReport(error).message;
    return { exitCode: 1, lines: [message] };
  }
}

type Options = {
  readonly key: string;
  readonly folder: string;
  readonly version: string;
  readonly releasedAt: string;
  readonly channel: string;
  readonly stagingPercent: number;
  readonly notes: Readonly<Record<'en' | 'ru', string | undefined>>;
};

function optionsOf(args: readonly string[]): Options | { readonly newKey: string } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      key: text,
      folder: text,
      version: text,
      released: text,
      channel: { type: 'string', default: CHANNELS[0] },
      percent: { type: 'string', default: '100' },
      'notes-en': text,
      'notes-ru': text,
      'new-key': text,
    },
  });
  const { key, folder, version, released, channel, percent } = values;
  if (values['new-key'] !== undefined) return { newKey: values['new-key'] };
  if (!key || !folder || !version || !released)
    throw new Error('--key, --folder, --version and --released are needed.');
  if (!/^\d{1,3}$/.test(percent))
    throw new Error(`--percent is a whole number from 0 to 100, not "${percent}".`);
  return {
    key,
    folder,
    version,
    releasedAt: released,
    channel,
    stagingPercent: Number(percent),
    notes: { en: values['notes-en'], ru: values['notes-ru'] },
  };
}

async function sign({ key, folder, notes, ...facts }: Options): Promise<string[]> {
  const files: ReleaseFile[] = [];
  for (const name of readdirSync(folder).sort()) {
    const named = kindOf(name, facts.version);
    if (named === null) continue;
    const path = join(folder, name);
    files.push({ ...named, name, bytes: statSync(path).size, sha512: await sha512(path) });
  }
  const read = (path: string | undefined) => (path === undefined ? '' : readFileSync(path, 'utf8').trim());
  const release = releaseSchema.parse({
    app: 'computechain-miner',
    ...facts,
    notes: { en: read(notes.en), ru: read(notes.ru) },
    files,
  });
  const signed = sealEnvelope(Buffer.from(JSON.stringify(release)), createPrivateKey(readFileSync(key)));
  const path = join(folder, `${release.channel}.json`);
  writeFileSync(path, signed);
  return [...files.map(({ name, kind, arch }) => `${kind} ${arch}: ${name}`), `Signed into ${path}`];
}

function kindOf(name: string, version: string): (Kind & Pick<ReleaseFile, 'arch'>) | null {
  const start = `computechain-miner-${version}-`;
  if (!name.startsWith(start)) return null;
  const rest = name.slice(start.length);
  for (const [pattern, kind] of NAMES) {
    const arch = PROCESSORS[pattern.exec(rest)?.[1] ?? ''];
    if (arch !== undefined) return { ...kind, arch };
  }
  return null;
}

async function sha512(path: string): Promise<string> {
  const digest = createHash('sha512');
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  return digest.digest('base64');
}

/** Never over a file that is there: it may be a key. @returns the public key, as `update-source.json` has it */
function newKey(path: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { flag: 'wx', mode: 0o600 });
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
}
