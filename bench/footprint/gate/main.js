// Stands before the app that is measured, ours or an empty one, and does in it what the bench asks for. No debugger is
// attached, as none is at a person's. `CPC_MEASURED` is the app's folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow } from 'electron';

const folder = process.env.CPC_MEASURED;
const tell = (message) => process.send(message);

// Drawn once there is text: an empty window of a theme's colour is not what a person waits for.
const DRAWN = `new Promise((resolve) =>
  new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) resolve();
  }).observe({ type: 'paint', buffered: true }))`;

const shown = () => BrowserWindow.getAllWindows().find((window) => window.isVisible());
const inPage = (script) => shown().webContents.executeJavaScript(script);

app.on('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () =>
    window.webContents.executeJavaScript(DRAWN).then(
      () => window.isDestroyed() || !window.isVisible() || tell({ drawn: true }),
      () => undefined,
    ),
  );
});

const acts = {
  close: async () => {
    const window = shown();
    const gone = new Promise((resolve) => window.once('closed', resolve));
    window.close();
    await gone;
  },
  open: async () => {
    const opened = new Promise((resolve) =>
      app.once('browser-window-created', (_event, window) => resolve(window)),
    );
    app.emit('second-instance', {}, [], '');
    const window = await opened;
    await new Promise((resolve) => window.webContents.once('did-finish-load', resolve));
  },
  page: () => Promise.resolve(shown().webContents.getOSProcessId()),
  run: ({ script }) => inPage(script),
  blocks: ({ count }) => tellBlocks(count),
  collect: async () => {
    const { debugger: page } = shown().webContents;
    page.attach();
    await page.sendCommand('HeapProfiler.collectGarbage');
    page.detach();
  },
};

/** Tells the window of blocks, each with a result that goes all its way, as main does, but as fast as they are drawn. */
async function tellBlocks(count) {
  const { webContents } = shown();
  const answer = await inPage('window.miner.getState()');
  const { revision, state } = answer.value;
  const { node, tasks, balance } = state;
  const [newest] = tasks.recent;
  let told = revision;
  const push = (changed) => {
    told += 1;
    webContents.send('state:changed', { revision: told, changed });
  };
  const hex = (value) => value.toString(16).padStart(64, '0');
  let recent = tasks.recent;
  for (let block = 1; block <= count; block++) {
    const height = node.height + block;
    const now = Date.now();
    const row = {
      ...newest,
      taskId: hex(height),
      blockHeight: height,
      blockHash: hex(height),
      createdAtMs: now,
    };
    const step = (change) => {
      recent = [
        { ...row, ...change, updatedAtMs: now },
        ...recent.filter(({ taskId }) => taskId !== row.taskId),
      ].slice(0, 15);
      push({ tasks: { ...tasks, journalRevision: told, recent } });
    };
    push({ node: { ...node, height, tipHash: hex(height), tipTimestampMs: now, nextBlockAtMs: now + 5000 } });
    step({ state: 'planned', txHash: null, confirmedHeight: null });
    step({ state: 'sent', txHash: hex(block), confirmedHeight: null });
    step({ state: 'proved', txHash: hex(block), confirmedHeight: height + 1 });
    push({ balance: { ...balance, units: String(BigInt(balance.units ?? '0') + BigInt(block)) } });
    await inPage('new Promise((resolve) => requestAnimationFrame(() => resolve()))');
  }
}

process.on('message', ({ id, act, ...rest }) => {
  acts[act](rest).then(
    (value) => tell({ id, value: value ?? null }),
    (error) => tell({ id, error: String(error) }),
  );
});

const { main, name, productName, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(productName ?? name);
app.setVersion(version);
process.argv = process.argv.map((argument) => (argument === import.meta.dirname ? folder : argument));
await import(pathToFileURL(join(folder, main)).href);
