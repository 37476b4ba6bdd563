import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const QUERY = '?bytes';
const PREFIX = '\0bytes:';

/** `import { bytes } from 'file?bytes'`: a file as part of the script, because the compute page may fetch nothing. */
export function fileBytes(): Plugin {
  return {
    name: 'bytes',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return null;
      const file = await this.resolve(source.slice(0, -QUERY.length), importer);
      return file === null ? null : PREFIX + file.id;
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const base64 = (await readFile(id.slice(PREFIX.length))).toString('base64');
      return `export const bytes = Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0));`;
    },
  };
}
