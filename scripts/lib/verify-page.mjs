import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Where the page is kept, for anybody to open. */
export const VERIFY_PAGE = join(ROOT, 'docs', 'verify.html');

/**
 * Makes the page that checks receipts: one file, with its script and style in it and a policy that lets in nothing else.
 * @returns {Promise<string>} its text, the same for the same sources
 */
export async function makeVerifyPage() {
  const { build } = await import('vite');
  const folder = join(ROOT, 'src-renderer', 'verify-page');
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: join(folder, 'main.ts'), formats: ['iife'], name: 'verify', fileName: 'verify' },
    },
  });
  const [{ output }] = Array.isArray(built) ? built : [built];
  // An end tag within a text of the script would end the script.
  const script = output[0].code.replaceAll('</script', '<\\/script').trim();
  const style = readFileSync(join(folder, 'page.css'), 'utf8').trim();
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return readFileSync(join(folder, 'page.html'), 'utf8')
    .replace('<!-- policy -->', () => `<meta http-equiv="Content-Security-Policy" content="${policy}" />`)
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
}

/** @param {string} text */
function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
