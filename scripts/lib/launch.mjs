import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureElectron } from './electron-runtime.mjs';
import { ROOT } from './paths.mjs';
import { capture, has } from './run.mjs';
import { fail } from './say.mjs';
import { hasDisplay, hasKeyring, openSession } from './session.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

// Chromium complains on stderr of desktop services that a plain machine does not have; only its fatal lines matter.
const QUIET = ['--log-level=3'];

/**
 * All that must stand before the app can start here: a runtime, system packages, a display and a keyring.
 * @param {{ownSession?: boolean, keyringFolder?: string, reader?: boolean}} options `ownSession`: bring display and keyring even
 *   where there are some, so that a test neither pops up windows nor touches a person's keys.
 */
export async function prepareLaunch({ ownSession = false, keyringFolder, reader = false } = {}) {
  const runtime = await ensureElectron();
  const linux = process.platform === 'linux';
  const display = linux && (ownSession || !hasDisplay());
  const vaultInstead = !ownSession && process.env.CPC_MINER_PASSPHRASE !== undefined;
  const keyring = linux && (ownSession || (!hasKeyring() && !vaultInstead));
  ensureSystemPackages({ executable: runtime.executable, display, keyring, reader: linux && reader });
  const sandbox = sandboxSwitches(runtime.executable);
  const session = await openSession({ display, keyring, ...(keyringFolder ? { keyringFolder } : {}) });
  return { runtime, session, switches: [...sandbox, ...QUIET, ROOT] };
}

/** Chromium refuses its sandbox as root; elsewhere it needs user namespaces or its helper owned by root. */
function sandboxSwitches(executable) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(dirname(executable), 'chrome-sandbox');
  if (userNamespacesWork() || isSetuidRoot(helper)) return [];
  const mend = `chown root:root '${helper}' && chmod 4755 '${helper}'`;
  if (has('sudo') && capture('sudo', ['-n', 'sh', '-c', mend]).ok) return [];
  return fail(`this system lets Chromium's sandbox work only through its helper. Run this line once, then try again:
  sudo sh -c "${mend}"`);
}

function userNamespacesWork() {
  const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (existsSync(restricted) && readFileSync(restricted, 'utf8').trim() === '1') return false;
  return capture('unshare', ['--user', '--map-root-user', 'true']).ok;
}

function isSetuidRoot(file) {
  if (!existsSync(file)) return false;
  const { uid, mode } = statSync(file);
  return uid === 0 && (mode & 0o4000) !== 0;
}
