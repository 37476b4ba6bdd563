import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Page, test, type Worker as WorkerDriver } from '@playwright/test';
import { App, firstLane, newProfile, QUICK } from '../driver/electron/app';
import { filesHolding, filesIn, heapOf, needlesOf } from '../driver/electron/canary';
import { Headless } from '../driver/electron/headless';
import { processesOf } from '../driver/electron/processes';
import { runtime } from '../driver/electron/runtime';
import { actOn } from '../driver/electron/ui-window';

const ROOT = join(import.meta.dirname, '..', '..');

test.describe('a page of the app', () => {
  let profile: ReturnType<typeof newProfile>;
  let app: App;
  let server: Server;
  let outside = '';
  let requests = 0;
  const pages = new Map<string, Page>();

  test.beforeAll(async () => {
    server = createServer((_request, response) => {
      requests += 1;
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('x');
    });
    server.on('upgrade', (_request, socket) => {
      requests += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    outside = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    profile = newProfile();
    app = await App.launch(profile.path, QUICK);
    pages.set('ui', app.page);
    pages.set('compute', await App.windowOf(app.electron, 'app://compute/'));
  });
  test.afterAll(async () => {
    await app.quit();
    server.close();
    profile.dispose();
  });

  const pageOf = (role: string): Page => {
    const page = pages.get(role);
    if (page === undefined) throw new Error(`no page ${role}`);
    return page;
  };

  for (const role of ['ui', 'compute']) {
    test(`${role}: has no Node, no Electron and only its own API`, async () => {
      const found = await pageOf(role).evaluate(() => ({
        process: typeof (globalThis as { process?: unknown }).process,
        require: typeof (globalThis as { require?: unknown }).require,
        ipc: typeof (globalThis as { ipcRenderer?: unknown }).ipcRenderer,
        miner: typeof (globalThis as { miner?: unknown }).miner,
        computeHost: typeof (globalThis as { computeHost?: unknown }).computeHost,
      }));
      expect(found).toEqual({
        process: 'undefined',
        require: 'undefined',
        ipc: 'undefined',
        miner: role === 'ui' ? 'object' : 'undefined',
        computeHost: 'undefined',
      });
    });

    test(`${role}: an inline script, eval and new Function do not run`, async () => {
      const ran = await pageOf(role).evaluate(async () => {
        const marks: string[] = [];
        Object.assign(globalThis, { mark: (name: string) => marks.push(name) });
        const script = document.createElement('script');
        script.textContent = 'mark("inline")';
        document.head.append(script);
        const link = document.createElement('div');
        link.innerHTML = '<img src="x" onerror="mark(\'handler\')">';
        document.body.append(link);
        // A page script, unlike what the test driver sends, is under the page's policy.
        const blob = document.createElement('script');
        blob.src = URL.createObjectURL(new Blob(['mark("blob")'], { type: 'text/javascript' }));
        const settled = new Promise((resolve) => {
          blob.onerror = resolve;
          blob.onload = resolve;
        });
        document.head.append(blob);
        await settled;
        // What the test driver sends may evaluate; what a timer of the page runs is under its policy.
        await new Promise((resolve) => {
          setTimeout(() => {
            for (const attempt of [
              () => Reflect.get(globalThis, 'eval')('mark("eval")'),
              () => new Function('mark("function")')(),
            ]) {
              try {
                attempt();
              } catch {
                // As it should be.
              }
            }
            setTimeout(resolve, 0);
          }, 0);
        });
        for (const element of [script, link, blob]) element.remove();
        return marks;
      });
      expect(ran).toEqual([]);
    });

    test(`${role}: fetch, XHR, WebSocket, images, frames, forms and beacons reach nothing`, async () => {
      const before = requests;
      const reached = await pageOf(role).evaluate(async (host) => {
        const outcomes: Record<string, string> = {};
        outcomes.fetch = await fetch(`http://${host}/fetch`).then(
          () => 'reached',
          () => 'refused',
        );
        outcomes.xhr = await new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve('reached');
          request.onerror = () => resolve('refused');
          request.open('GET', `http://${host}/xhr`);
          request.send();
        });
        outcomes.socket = await new Promise((resolve) => {
          try {
            const socket = new WebSocket(`ws://${host}/socket`);
            socket.onopen = () => resolve('reached');
            socket.onerror = () => resolve('refused');
          } catch {
            resolve('refused');
          }
        });
        outcomes.image = await new Promise((resolve) => {
          const image = new Image();
          image.onload = () => resolve('reached');
          image.onerror = () => resolve('refused');
          image.src = `http://${host}/image.png`;
        });
        navigator.sendBeacon(`http://${host}/beacon`);
        const frame = document.createElement('iframe');
        frame.src = `http://${host}/frame`;
        document.body.append(frame);
        const form = document.createElement('form');
        form.action = `http://${host}/form`;
        form.method = 'post';
        document.body.append(form);
        form.submit();
        frame.remove();
        form.remove();
        return outcomes;
      }, outside);
      expect(reached).toEqual({ fetch: 'refused', xhr: 'refused', socket: 'refused', image: 'refused' });
      // The server answers us, so a request of the page would have been counted.
      await fetch(`http://${outside}/`);
      expect(requests).toBe(before + 1);
    });

    test(`${role}: its session alone, without the page's policy, asks for nothing but its own origin`, async () => {
      const before = requests;
      const answers = await app.electron.evaluate(
        async ({ session }, { role, host }) => {
          const urls = [
            `http://${host}/`,
            'https://example.com/',
            `app://${role === 'ui' ? 'compute' : 'ui'}/${role}/index.html`,
          ];
          return Promise.all(
            urls.map((url) =>
              session
                .fromPartition(role)
                .fetch(url)
                .then(
                  ({ status }) => String(status),
                  (error: Error) => error.message,
                ),
            ),
          );
        },
        { role, host: outside },
      );
      expect(answers).toEqual(['net::ERR_BLOCKED_BY_CLIENT', 'net::ERR_BLOCKED_BY_CLIENT', '404']);
      expect(requests).toBe(before);
    });

    test(`${role}: cannot be led elsewhere, and opens no window`, async () => {
      const page = pageOf(role);
      const url = page.url();
      const before = app.electron.windows().length;
      const opened = await page.evaluate((host) => {
        const link = document.createElement('a');
        link.href = `http://${host}/`;
        link.target = '_blank';
        document.body.append(link);
        link.click();
        link.remove();
        const child = window.open(`http://${host}/`);
        location.href = `http://${host}/`;
        return child === null;
      }, outside);
      expect(opened).toBe(true);
      expect(await page.evaluate(() => location.href)).toBe(url);
      expect(app.electron.windows()).toHaveLength(before);
    });

    test(`${role}: is granted no permission, neither found nor asked for`, async () => {
      const answers = await pageOf(role).evaluate(async () => {
        const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read'];
        const found: Record<string, string> = {};
        for (const name of names) {
          const { state } = await navigator.permissions.query({ name: name as PermissionName });
          found[name] = state;
        }
        const asked = (request: Promise<unknown>) =>
          request.then(
            () => 'granted',
            () => 'denied',
          );
        found.notify = await Notification.requestPermission();
        found.locate = await asked(
          new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        );
        found.listen = await asked(navigator.mediaDevices.getUserMedia({ audio: true }));
        found.read = await asked(navigator.clipboard.readText());
        found.lock = await asked(navigator.requestMIDIAccess({ sysex: true }));
        return found;
      });
      expect(Object.entries(answers).filter(([, answer]) => answer !== 'denied')).toEqual([]);
    });

    test(`${role}: a frame inside the page has none of its API, and the app's own pages are shown in no frame`, async () => {
      const page = pageOf(role);
      const found = await page.evaluate(async (url) => {
        const seen: Record<string, string> = {};
        for (const [name, attribute, value] of [
          ['blank', 'src', 'about:blank'],
          ['written', 'srcdoc', '<p>written</p>'],
          ['own', 'src', url],
        ] as const) {
          const frame = document.createElement('iframe');
          const loaded = new Promise((resolve) => {
            frame.onload = resolve;
            frame.onerror = resolve;
          });
          frame.setAttribute(attribute, value);
          document.body.append(frame);
          await loaded;
          try {
            const inside = frame.contentWindow as
              | (Window & { miner?: unknown; computeHost?: unknown })
              | null;
            seen[name] = `${typeof inside?.miner} ${typeof inside?.computeHost}`;
          } catch {
            seen[name] = 'closed off';
          }
          frame.remove();
        }
        return seen;
      }, page.url());
      expect(found).toEqual({
        blank: 'undefined undefined',
        written: 'undefined undefined',
        own: 'closed off',
      });
    });

    test(`${role}: app:// serves its own page and assets, and 404 for everything else`, async () => {
      const other = role === 'ui' ? 'compute' : 'ui';
      const paths = [
        '/../../package.json',
        '/..%2f..%2fpackage.json',
        '/%2e%2e/package.json',
        `/${other}/index.html`,
        '/',
        '/none',
      ];
      const answers = await app.electron.evaluate(
        async ({ session }, { role, paths }) => {
          const statuses = [];
          for (const path of [`/${role}/index.html`, ...paths]) {
            const response = await session.fromPartition(role).fetch(`app://${role}${path}`);
            statuses.push(response.status);
          }
          return statuses;
        },
        { role, paths },
      );
      expect(answers).toEqual([200, ...paths.map(() => 404)]);
    });
  }
});

test('the port to main goes to the compute page alone, and what comes over it is parsed', async () => {
  const profile = newProfile();
  const app = await App.launch(profile.path, ['--auto', ...QUICK]);
  await app.page.evaluate(() => {
    const got: unknown[] = [];
    addEventListener('message', ({ data, ports }) => got.push([data, ports.length]));
    Object.assign(globalThis, { got });
  });
  await App.windowOf(app.electron, 'app://compute/');
  await actOn(app.electron, 'compute', 'crash');
  await app.until('a new compute process', (now) => firstLane(now).state === 'failed');
  await app.until('it is up', (now) => ['ready', 'busy'].includes(firstLane(now).state));
  const page = await App.windowOf(app.electron, 'app://compute/');
  const isComputing = (worker: WorkerDriver) => worker.url().includes('/worker-');
  const worker = page.workers().find(isComputing) ?? (await page.waitForEvent('worker', isComputing));
  await worker.evaluate(() => {
    const post = MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void;
    MessagePort.prototype.postMessage = function (message: { kind?: string; runId?: number } | null) {
      const { kind, runId = 0 } = message ?? {};
      const forged = { kind: 'task', resultHash: '0'.repeat(64), proof: '', product: null, engine: 'cpu' };
      const timings = { generateMs: 0, multiplyMs: 0, commitMs: 0, selfCheckMs: 0 };
      const took = { elapsedMs: 0, busyMs: 0 };
      // As a page that was taken over might try: words of no kind, halves of messages, answers to what is not asked.
      const attempts = [
        'x',
        { kind: 'ready', adapter: 'root', adapterError: null },
        { kind: 'progress', runId, done: 7 },
        { kind: 'done', runId, took, result: { ok: true, value: forged } },
        { kind: 'done', runId: runId + 1, took, result: { ok: true, value: { ...forged, timings } } },
      ];
      if (kind !== undefined) for (const attempt of attempts) post.call(this, attempt);
      post.call(this, message);
    };
  });
  const before = await app.state();
  const after = await app.until(
    'results all the same',
    ({ tasks }) => tasks.today.proved > before.tasks.today.proved + 1,
  );
  expect(firstLane(after)).toMatchObject({ adapter: null, selfChecksFailed: 0 });
  expect(after.tasks.recent.some(({ resultHash }) => resultHash === '0'.repeat(64))).toBe(false);
  expect(await app.page.evaluate(() => (globalThis as unknown as { got: unknown[] }).got)).toEqual([]);
  await app.quit();
  profile.dispose();
});

test('the private key is in no file, no output and no page after it was imported and used', async () => {
  const canary = `0${randomBytes(32).toString('hex').slice(1)}`;
  const raw = Buffer.from(canary, 'hex');
  const texts = [canary, canary.toUpperCase(), raw.toString('base64').replace(/=+$/, '')];
  const all = [...needlesOf(texts), raw];

  const profile = newProfile();
  const app = await App.launch(profile.path, QUICK);
  await app.page.getByTestId('key-import-input').fill(canary);
  await app.page.getByTestId('key-import-submit').click();
  await app.until('the key and the network', ({ key, faucet }) => key.state === 'ready' && faucet.available);
  await app.ask('startMining');
  await app.topUp();
  const { key } = await app.until('a proved result', ({ tasks: { today } }) => today.proved >= 1);
  const address = key.address ?? '';

  for (const origin of ['app://ui/', 'app://compute/']) {
    const heap = await heapOf(app, origin);
    // What the page does know is found, so the search can find.
    if (origin === 'app://ui/') expect(heap.includes(address), 'the address is in the heap').toBe(true);
    expect(heap.toLowerCase().includes(canary), `the heap of ${origin}`).toBe(false);
  }

  const files = () => filesIn(profile.path);
  const holding = () => filesHolding(profile.path, all);
  // While it runs, with what is not yet in the database's main file, and what is left behind.
  expect(files().some((file) => file.endsWith('miner.sqlite-wal'))).toBe(true);
  expect(holding()).toEqual([]);
  await app.quit();
  expect(files().some((file) => file.endsWith('miner.sqlite'))).toBe(true);
  expect(holding()).toEqual([]);
  expect([...app.stdout, ...app.stderr].join('\n').toLowerCase()).not.toContain(canary);
  profile.dispose();
});

test('as an ordinary user every renderer is in the sandbox (Seccomp: 2), and a task is proved from inside it', async () => {
  test.skip(process.platform !== 'linux', 'the sandbox is read from /proc');
  const root = process.getuid?.() === 0;
  const place = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const user = `sandbox${process.pid}`;
  try {
    const { executable } = runtime();
    const copied = join(place, 'runtime');
    const app = join(place, 'app');
    if (root) {
      execFileSync('chmod', ['755', place]);
      cpSync(dirname(executable), copied, { recursive: true });
      execFileSync('chmod', ['4755', join(copied, 'chrome-sandbox')]);
      // What the app reads, where that user may read it.
      for (const part of ['package.json', 'out', 'resources'])
        cpSync(join(ROOT, part), join(app, part), { recursive: true });
      execFileSync('ln', ['-s', join(ROOT, 'node_modules'), join(app, 'node_modules')]);
      execFileSync('useradd', ['-m', user]);
    }
    const args = [
      root ? app : ROOT,
      '--log-level=3',
      '--profile',
      join(root ? `/home/${user}` : place, 'profile'),
    ];
    const switches = [...args, '--headless', '--json', '--auto', ...QUICK];
    const env = {
      CPC_MINER_PASSPHRASE: 'correct horse',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      HOME: root ? `/home/${user}` : process.env.HOME,
    };
    const miner = root
      ? new Headless(switches, env, [
          'setpriv',
          `--reuid=${user}`,
          `--regid=${user}`,
          '--clear-groups',
          join(copied, 'electron'),
        ])
      : new Headless(switches, env, [executable]);
    await miner.waitFor('a proved result', ({ event, state }) => event === 'task' && state === 'proved');
    const renderers = processesOf(miner.process.pid ?? 0).filter(({ command }) =>
      command.includes('--type=renderer'),
    );
    expect(renderers.length).toBeGreaterThan(0);
    for (const { pid } of renderers) {
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
    }
    expect(await miner.stop()).toBe(0);
  } finally {
    if (root) execFileSync('userdel', ['-r', '-f', user], { stdio: 'ignore' });
    rmSync(place, { recursive: true, force: true });
  }
});
