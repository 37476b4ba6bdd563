import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const LOCK_TIMEOUT_MS = 30_000;
const LOCK_LOOK_MS = 50;

/**
 * One message bus with a keyring for all who use a folder at the same time. A keyring's daemon holds its file in memory
 * and writes it whole: of two, each would overwrite the other's keys. Whoever comes first starts it, whoever goes last
 * ends it.
 * @param {string} folder the keyring's
 * @param {{start: () => Promise<{bus: string, pids: number[]}>, answers: (bus: string) => boolean}} keyring how to start
 * one, and whether one still answers
 * @returns {Promise<{bus: string, leave: () => void}>} its address, and what to call at the end, also from an exit handler
 */
export async function joinKeyring(folder, { start, answers }) {
  const users = join(folder, 'users');
  mkdirSync(users, { recursive: true, mode: 0o700 });
  const own = join(users, String(process.pid));
  const release = await lock(join(folder, 'lock'));
  try {
    let running = read(join(folder, 'running.json'));
    if (running === null || !answers(running.bus)) {
      end(running);
      running = await start();
      writeFileSync(join(folder, 'running.json'), JSON.stringify(running), { mode: 0o600 });
    }
    writeFileSync(own, '');
    return { bus: running.bus, leave: () => leave(folder, own) };
  } finally {
    release();
  }
}

function leave(folder, own) {
  rmSync(own, { force: true });
  const release = tryLock(join(folder, 'lock'));
  // Somebody is coming: whoever goes after them ends it.
  if (release === null) return;
  try {
    const others = readdirSync(join(folder, 'users')).filter((name) => isAlive(Number(name)));
    if (others.length > 0) return;
    end(read(join(folder, 'running.json')));
    rmSync(join(folder, 'running.json'), { force: true });
  } finally {
    release();
  }
}

function end(running) {
  for (const pid of running?.pids ?? []) if (isAlive(pid)) process.kill(pid, 'SIGTERM');
}

function read(file) {
  try {
    const { bus, pids } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof bus === 'string' && Array.isArray(pids) ? { bus, pids } : null;
  } catch {
    return null;
  }
}

async function lock(file) {
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    const release = tryLock(file);
    if (release !== null) {
      // Another start that found an abandoned lock at the same moment may have removed this one for it.
      await new Promise((resolve) => setTimeout(resolve, LOCK_LOOK_MS));
      if (ownerOf(file) === String(process.pid)) return release;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    if (Date.now() > deadline) throw new Error(`${file} is held by another start that does not end`);
    await new Promise((resolve) => setTimeout(resolve, LOCK_LOOK_MS));
  }
}

/** @returns what lets go of the lock, or null where somebody else has it */
function tryLock(file) {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeFileSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return () => rmSync(file, { force: true });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return null;
  }
}

/** An owner writes its number at once: a file that stays empty was left by one that ended in between. */
function isAbandoned(file) {
  const owner = ownerOf(file);
  if (owner !== '') return owner !== null && !isAlive(Number(owner));
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 1000;
}

function ownerOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
