import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, has } from './run.mjs';
import { fail } from './say.mjs';
import { joinKeyring } from './shared-keyring.mjs';

const READY_TIMEOUT_MS = 15_000;
// Ctrl-C goes to the whole group of the terminal: the app must end before what it stands on.
const APART = { detached: true };

/** Whether this session shows windows. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Whether this session offers a Secret Service that can keep a key: one with an unlocked default collection, or one on
 * a display, where the desktop can ask for its password. Without a display a locked one would wait for ever.
 */
export function hasKeyring() {
  if (process.platform !== 'linux') return true;
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? (existsSync(userBus()) ? `unix:path=${userBus()}` : '');
  if (!bus || bus === 'disabled:') return false;
  if (!has('dbus-send')) return hasDisplay();
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: bus };
  const offered = ['ListNames', 'ListActivatableNames'].some((method) =>
    busCall(env, method).output.includes('"org.freedesktop.secrets"'),
  );
  return offered && (hasDisplay() || isUnlocked(env));
}

function isUnlocked(env) {
  const secrets = ['--session', '--print-reply', '--dest=org.freedesktop.secrets'];
  const call = (...args) => capture('dbus-send', [...secrets, ...args], { env, timeout: 5000 }).output;
  const alias = call(
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.ReadAlias',
    'string:default',
  );
  const path = /object path "(\/[^"]+)"/.exec(alias)?.[1];
  if (path === undefined) return false;
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked'];
  return call(path, 'org.freedesktop.DBus.Properties.Get', ...property).includes('boolean false');
}

function userBus() {
  return `/run/user/${process.getuid?.() ?? 0}/bus`;
}

/**
 * Brings what this session lacks: a virtual display, and a message bus with an unlocked keyring of its own.
 * The keyring's files are ours alone: a person's own keyring is never opened by this.
 * @param {{display: boolean, keyring: boolean, keyringFolder?: string}} lacks
 * @returns {Promise<{env: NodeJS.ProcessEnv, close: () => void}>} environment for the app; `close` ends what was started
 */
export async function openSession({ display, keyring, keyringFolder = defaultKeyringFolder() }) {
  const children = [];
  const env = { ...process.env };
  let leaveKeyring = () => {};
  const close = () => {
    leaveKeyring();
    leaveKeyring = () => {};
    for (const child of children.splice(0).reverse()) child.kill('SIGTERM');
  };
  process.once('exit', close);
  try {
    if (display) env.DISPLAY = await startDisplay(children);
    if (keyring) {
      const start = () => startKeyring(env, keyringFolder);
      const { bus, leave } = await joinKeyring(keyringFolder, { start, answers: hasSecrets });
      env.DBUS_SESSION_BUS_ADDRESS = bus;
      leaveKeyring = leave;
    }
  } catch (error) {
    close();
    fail(`could not prepare a session for the app: ${error.message}`);
  }
  return { env, close };
}

function defaultKeyringFolder() {
  const data = process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share');
  return join(data, 'computechain-miner', 'session');
}

async function startDisplay(children) {
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const child = spawn('Xvfb', args, { ...APART, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  children.push(child);
  return `:${await firstLine(child, child.stdio[3], 'Xvfb')}`;
}

/** A bus of its own with an unlocked keyring on it; both outlive this process, for whoever has joined them. */
async function startKeyring(env, folder) {
  const started = [];
  try {
    const bus = await startBus(started);
    await startDaemon(started, { ...env, DBUS_SESSION_BUS_ADDRESS: bus, XDG_DATA_HOME: folder }, folder);
    return { bus, pids: started.map(({ pid }) => pid).reverse() };
  } catch (error) {
    for (const child of started) child.kill('SIGTERM');
    throw error;
  }
}

async function startBus(started) {
  const args = ['--session', '--nofork', '--nopidfile', '--print-address=3'];
  const child = spawn('dbus-daemon', args, { ...APART, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  started.push(child);
  return firstLine(child, child.stdio[3], 'dbus-daemon');
}

async function startDaemon(started, env, folder) {
  const args = [
    '--foreground',
    '--unlock',
    '--components=secrets',
    `--control-directory=${join(folder, 'control')}`,
  ];
  const child = spawn('gnome-keyring-daemon', args, { ...APART, env, stdio: ['pipe', 'ignore', 'ignore'] });
  started.push(child);
  child.stdin.end('\n');
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!hasSecrets(env.DBUS_SESSION_BUS_ADDRESS)) {
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error('gnome-keyring-daemon did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether a bus answers, and has a keyring on it. */
function hasSecrets(bus) {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: bus };
  return busCall(env, 'NameHasOwner', 'string:org.freedesktop.secrets').output.includes('boolean true');
}

function busCall(env, method, ...args) {
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  return capture('dbus-send', [...call, `org.freedesktop.DBus.${method}`, ...args], { env, timeout: 5000 });
}

function firstLine(child, stream, name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not start in time`)), READY_TIMEOUT_MS);
    let text = '';
    stream.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.split('\n')[0]);
    });
    child.on('error', (error) => reject(new Error(`${name}: ${error.message}`)));
    child.on('exit', (code) => reject(new Error(`${name} ended with code ${code}`)));
  });
}
