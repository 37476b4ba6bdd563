import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { securityHeaders } from '../../../src-main/app/content-security';

const PAGES = join(import.meta.dirname, '..', '..', '..', 'out', 'renderer');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** A browser of today, where the run has one; tests that need it are skipped where it has none. */
export const BROWSER = process.env.CPC_CHROMIUM ?? '';

/** As the app starts its Chromium for a machine without a graphics card. */
const SWITCHES = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-swiftshader',
];

/** One of the app's two pages as it was built, with the headers that the app serves it with, on an origin of its own. */
class PageServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(role: 'ui' | 'compute'): Promise<PageServer> {
    const server = createServer(({ url = '/' }, response) => {
      const path = new URL(url, 'http://page').pathname;
      // A browser asks for it by itself; the app's Chromium does not.
      if (path === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      const file =
        path === '/'
          ? join(PAGES, role, 'index.html')
          : join(PAGES, 'assets', path.replace(/^\/assets\//, ''));
      try {
        const body = readFileSync(file);
        response
          .writeHead(200, { ...securityHeaders(role), 'content-type': TYPES[extname(file)] ?? '' })
          .end(body);
      } catch {
        response.writeHead(404, securityHeaders(role)).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`; // it listens on a port
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A page of the app in the browser of today. */
export class PageInBrowser {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: PageServer;

  private constructor(page: Page, browser: Browser, server: PageServer) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
  }

  /** @param prepare what the page finds before its own script runs */
  static async open(
    role: 'ui' | 'compute',
    prepare: (page: Page) => Promise<void> = async () => undefined,
  ): Promise<PageInBrowser> {
    const server = await PageServer.open(role);
    const browser = await chromium.launch({ executablePath: BROWSER, args: SWITCHES });
    const page = await browser.newPage();
    await prepare(page);
    await page.goto(server.url);
    return new PageInBrowser(page, browser, server);
  }

  get version(): string {
    return this.#browser.version();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}
