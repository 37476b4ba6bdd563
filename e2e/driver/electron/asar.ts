import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

type Node = { readonly files: Record<string, Node> } | { readonly size: number; readonly unpacked?: boolean };

/** A file in an asar archive; one that is unpacked lies beside the archive. */
type AsarFile = { readonly path: string; readonly unpacked: boolean };

/**
 * What an asar archive lists: two Chromium pickles, the first with the size of the second, that with a tree as JSON
 * (github.com/electron/asar, "Format").
 */
export function asarFiles(archive: string): AsarFile[] {
  const bytes = readFileSync(archive);
  const json = bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12));
  return filesIn(JSON.parse(json) as Node, ''); // as its format says
}

function filesIn(node: Node, path: string): AsarFile[] {
  if (!('files' in node)) return [{ path, unpacked: node.unpacked === true }];
  return Object.entries(node.files).flatMap(([name, child]) => filesIn(child, posix.join(path, name)));
}
