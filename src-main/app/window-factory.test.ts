import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { securityHeaders } from './content-security';
import { type BrowserWindow as FakeWindow, session } from './fake-electron';
import { WindowFactory } from './window-factory';

vi.mock('electron', () => import('./fake-electron'));

const ROLES = ['ui', 'compute'] as const;
let base = '';
let windows: WindowFactory;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'windows-')));
  const renderer = join(base, 'renderer');
  for (const folder of [...ROLES, 'assets', 'assets/folder.html'])
    mkdirSync(join(renderer, folder), { recursive: true });
  for (const file of ['ui/index.html', 'compute/index.html', 'assets/a.js', 'assets/a.exe', 'assets/plain'])
    writeFileSync(join(renderer, file), file);
  writeFileSync(join(base, 'secret.html'), 'secret');
  symlinkSync(join(base, 'secret.html'), join(renderer, 'assets', 'link.html'));
  symlinkSync(base, join(renderer, 'assets', 'up'));
  windows = new WindowFactory({ renderer, preload: '/preload' });
});
afterAll(() => rmSync(base, { recursive: true }));

describe.each(ROLES)('a window of %s', (role) => {
  const other = role === 'ui' ? 'compute' : 'ui';
  const own = `app://${role}/${role}/index.html`;
  // All that is asked of it is what the fake has.
  const open = (options = {}) => windows.open(role, options) as unknown as FakeWindow;
  const its = session.fromPartition(role);

  it('is made with each of these flags, whatever else is asked for', () => {
    const asked = { width: 7, show: true, webPreferences: { sandbox: false, nodeIntegration: true } };
    expect(open(asked).options).toEqual({
      width: 7,
      show: false,
      webPreferences: {
        session: its,
        preload: join('/preload', `${role}.cjs`),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        backgroundThrottling: true,
        zoomFactor: 1,
      },
    });
  });

  it('has a session that grants nothing: no permission, asked for or looked up, and no device', () => {
    open();
    const answer = vi.fn();
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'fileSystem', 'unknown'])
      its.ask('permission request', {}, permission, answer);
    expect(answer.mock.calls).toEqual(Array.from({ length: 5 }, () => [false]));
    for (const permission of ['media', 'hid', 'serial', 'usb', 'unknown'])
      expect(its.ask('permission check', {}, permission, `app://${role}`)).toBe(false);
    for (const deviceType of ['hid', 'serial', 'usb'])
      expect(its.ask('device permission', { deviceType, origin: `app://${role}`, device: {} })).toBe(false);
  });

  it('downloads nothing, and fetches no dictionary to check spelling by', () => {
    open();
    const download = { preventDefault: vi.fn() };
    its.emit('will-download', download);
    expect(download.preventDefault).toHaveBeenCalledOnce();
    expect(its.spellChecker).toEqual({ languages: [], enabled: false });
  });

  it.each([
    [own, false],
    [`app://${role}/assets/a.js`, false],
    ['devtools://devtools/bundled/inspector.html', false],
    [`app://${other}/${other}/index.html`, true],
    [`app://${role}.example/`, true],
    ['https://example.com/', true],
    ['http://127.0.0.1:8000/', true],
    ['ws://127.0.0.1:8000/', true],
    ['file:///etc/passwd', true],
    ['data:text/html,x', true],
    [`https://example.com/app://${role}/`, true],
  ])('asks its session for %s: refused %s', (url, cancel) => {
    open();
    const answer = vi.fn();
    its.ask('request', { url }, answer);
    expect(answer.mock.calls).toEqual([[{ cancel }]]);
  });

  it('shows its page for life: it is led nowhere else, opens no window and takes no webview', () => {
    const { webContents } = open();
    const isStopped = (event: string, url: string) => {
      const preventDefault = vi.fn();
      webContents.emit(event, { preventDefault, url });
      return preventDefault.mock.calls.length > 0;
    };
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(isStopped(event, own)).toBe(false);
      for (const url of [`app://${other}/${other}/index.html`, 'https://example.com/', `${own}?x`])
        expect(isStopped(event, url)).toBe(true);
    }
    expect(isStopped('will-attach-webview', own)).toBe(true);
    expect(webContents.openHandler?.()).toEqual({ action: 'deny' });
  });

  const served = async (url: string, method = 'GET') => {
    open();
    const response = (await its.ask('app', { url, method })) as Response; // as Electron wants it
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  it('is served its page and the assets, each with its type and every header of the policy', async () => {
    for (const [path, type] of [
      [`${role}/index.html`, 'text/html; charset=utf-8'],
      ['assets/a.js', 'text/javascript; charset=utf-8'],
    ]) {
      const { status, text, headers } = await served(`app://${role}/${path}`);
      expect({ status, text }).toEqual({ status: 200, text: path });
      expect(Object.fromEntries(headers)).toEqual({ ...securityHeaders(role), 'content-type': type });
    }
  });

  it.each<[string, string, string?]>([
    ['a link that leads out of the app', `app://${role}/assets/link.html`],
    ['a folder that does', `app://${role}/assets/up/secret.html`],
    ['the page of the other role', `app://${role}/${other}/index.html`],
    ['the page at another host', `app://${other}/${role}/index.html`],
    ['a file of no known type', `app://${role}/assets/a.exe`],
    ['a file of no type', `app://${role}/assets/plain`],
    ['a folder by the name of a file', `app://${role}/assets/folder.html`],
    ['what is not there', `app://${role}/${role}/none.html`],
    ['its page for another method', own, 'POST'],
  ])('is not served %s, with every header all the same', async (_what, url, method) => {
    const { status, text, headers } = await served(url, method);
    expect({ status, text }).toEqual({ status: 404, text: 'Not found' });
    expect(Object.fromEntries(headers)).toMatchObject(securityHeaders(role));
  });
});
