import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/**
 * What an asar archive lists: two Chromium pickles, the first with the size of the second, that with a tree as JSON
 * (github.com/electron/asar, "Format").
 * @param {string} archive
 * @returns {{path: string, unpacked: boolean}[]} its files; one that is unpacked lies beside the archive
 */
export function asarFiles(archive) {
  const bytes = readFileSync(archive);
  return filesIn(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))), '');
}

function filesIn(node, path) {
  if (node.files === undefined) return [{ path, unpacked: node.unpacked === true }];
  return Object.entries(node.files).flatMap(([name, child]) => filesIn(child, posix.join(path, name)));
}
