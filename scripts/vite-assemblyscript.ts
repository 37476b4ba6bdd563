import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const QUERY = '?wasm';
const PREFIX = '\0assemblyscript:';

const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--enable', 'simd', '--enable', 'threads'],
  // One memory of at most 4 GiB for all threads, made by whoever instantiates the module.
  ...['--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
];

/**
 * Compiles `import { bytes } from './entry.ts?wasm'` from AssemblyScript to a Uint8Array of WebAssembly. The bytes become
 * part of the script: the compute page may not fetch anything.
 * @throws where the source does not compile, with the compiler's own words
 */
export function assemblyScript(): Plugin {
  return {
    name: 'assemblyscript',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(QUERY) || importer === undefined) return null;
      return PREFIX + resolve(dirname(importer), source.slice(0, -QUERY.length));
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const entry = id.slice(PREFIX.length);
      for (const name of await readdir(dirname(entry))) this.addWatchFile(join(dirname(entry), name));
      const base64 = Buffer.from(await compile(entry)).toString('base64');
      return `export const bytes = Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0));`;
    },
  };
}

async function compile(entry: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const files = [basename(entry), '--baseDir', dirname(entry), '--outFile', 'out.wasm'];
  const { error, stderr } = await asc.main([...files, ...OPTIONS], {
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
  });
  if (error !== null || binary === undefined)
    throw new Error(`${entry} does not compile:\n${stderr}`, { cause: error });
  return binary;
}
