import { valid } from 'semver';
import { z } from 'zod';
import { unreadable } from './envelope';

/** How the app may be packed; each is another file of a release. */
export const PACKAGE_KINDS = ['nsis', 'portable', 'zip', 'dmg', 'AppImage', 'deb', 'rpm', 'tar.gz'] as const;
export type PackageKind = (typeof PACKAGE_KINDS)[number];

export const CHANNELS = ['stable', 'beta'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The largest package that is ever fetched, bytes. */
export const MOST_BYTES = 600 * 2 ** 20;
/** Characters of the notes in one language. */
export const LONGEST_NOTES = 20_000;
const SHA512_BASE64 = /^[A-Za-z0-9+/]{86}==$/;

/** A name for a file, and no way out of its folder. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const fileSchema = z.object({
  platform: z.enum(['linux', 'win32', 'darwin']),
  arch: z.enum(['x64', 'arm64', 'universal']),
  kind: z.enum(PACKAGE_KINDS),
  name: z.string().regex(FILE_NAME, 'a file has no plain name'),
  bytes: z.number().int().min(1).max(MOST_BYTES, 'a file is too large'),
  sha512: z.string().regex(SHA512_BASE64, 'a file has no SHA-512'),
});
export type ReleaseFile = z.infer<typeof fileSchema>;

const notes = z.string().max(LONGEST_NOTES);

/** What is signed of a version: which it is, for whom, and the digest of each of its files. */
export const releaseSchema = z.object({
  app: z.literal('computechain-miner', 'it is for another app'),
  version: z
    .string()
    .max(64)
    .refine((text) => valid(text) === text, 'its version is none'),
  channel: z.enum(CHANNELS),
  releasedAt: z.iso.datetime(),
  /** How many of a hundred get it now; which of them, goes by a number that each keeps. */
  stagingPercent: z.number().min(0).max(100),
  notes: z.object({ en: notes, ru: notes }),
  files: z.array(fileSchema).min(1).max(32),
});
export type Release = z.infer<typeof releaseSchema>;

/** Signed bytes as a release of one channel. @throws AppError `update_unreadable` */
export function readRelease(signed: Buffer, channel: Channel): Release {
  let json: unknown;
  try {
    json = JSON.parse(signed.toString('utf8'));
  } catch {
    throw unreadable('what was signed is no JSON');
  }
  const release = releaseSchema.safeParse(json);
  if (!release.success) throw unreadable(release.error.issues[0]?.message ?? 'it has another form');
  if (release.data.channel !== channel)
    throw unreadable(`it is for the channel ${release.data.channel}, and this app follows ${channel}`);
  return release.data;
}

/** Of a release, the file for a machine and its kind of package; null where it has none. */
export function fileFor(
  { files }: Release,
  { platform, arch, kind }: Readonly<Record<'platform' | 'arch', string>> & { readonly kind: PackageKind },
): ReleaseFile | null {
  const fits = (file: ReleaseFile) => file.platform === platform && file.kind === kind;
  return (
    files.find((file) => fits(file) && file.arch === arch) ??
    files.find((file) => fits(file) && file.arch === 'universal') ??
    null
  );
}
