import { realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import type { Role } from '../../src-shared/ipc/contract';
import { SCHEME } from '../ipc/roles';
import { assetPath } from './asset-path';
import { securityHeaders } from './content-security';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready: makes `app://` an origin like https, with storage and workers. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the built renderer to one session from `app://ROLE/…`, and nothing else; all it cannot serve is 404.
 * @param rendererFolder the built pages and assets
 */
export function serveApp(session: Session, role: Role, rendererFolder: string): void {
  const root = realpathSync(rendererFolder);
  const notFound = () => new Response('Not found', { status: 404, headers: securityHeaders(role) });
  session.protocol.handle(SCHEME, async (request) => {
    if (new URL(request.url).host !== role || request.method !== 'GET') return notFound();
    const file = assetPath(request.url, role, root, (path) => {
      const real = realpathSync(path);
      if (!statSync(real).isFile()) throw new Error('not a file');
      return real;
    });
    const type = file === null ? undefined : TYPES[extname(file)];
    if (file === null || type === undefined) return notFound();
    const body = await readFile(file);
    return new Response(new Uint8Array(body), {
      headers: { ...securityHeaders(role), 'content-type': type },
    });
  });
}
