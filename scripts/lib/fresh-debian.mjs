import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { capture } from './run.mjs';
import { say } from './say.mjs';
import { ensureTools, known } from './system-packages.mjs';

/** A desktop as plain as there is: what a person has beside what the deb asks for. */
const DESKTOP = [
  'ca-certificates',
  'dbus',
  'desktop-file-utils',
  'gnome-keyring',
  'hicolor-icon-theme',
  'iproute2',
  'libglib2.0-bin',
  'lxqt-panel',
  'openbox',
  'procps',
  'shared-mime-info',
  'sqlite3',
  'wmctrl',
  'x11-utils',
  'x11-xserver-utils',
  'xdotool',
  'xvfb',
];

const MOST_MS = 6 * 60_000;

/**
 * Installs a deb in a fresh system of this release of Debian or Ubuntu, and lives with it there: see
 * `installed-deb.sh`. Needs root; the fresh system has no network, and ends with all its processes.
 * @param {string} deb
 * @returns {Promise<boolean>} whether all went well; what happens is told as it does
 */
export async function tryInFreshDebian(deb) {
  ensureTools({ mmdebstrap: 'mmdebstrap' });
  const place = mkdtempSync(join(tmpdir(), 'fresh-debian-'));
  const root = join(place, 'root');
  try {
    mkdirSync(root);
    const tar = capture('tar', ['--extract', '--file', freshSystem(deb), '--directory', root]);
    if (!tar.ok) throw new Error(`tar: ${tar.output.slice(-300)}`);
    copyFileSync(deb, join(root, 'miner.deb'));
    copyFileSync(join(ROOT, 'scripts', 'lib', 'installed-deb.sh'), join(root, 'installed-deb.sh'));
    return await inside(root);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Mounts, processes and network of its own, all gone when the script ends. */
function inside(root) {
  const mounts = ['proc:proc', 'sysfs:sys', 'tmpfs:dev/shm', 'tmpfs:run', 'tmpfs:tmp'];
  const prepare = [
    'set -e',
    `mount --rbind --make-rslave /dev '${root}/dev'`,
    ...mounts
      .map((mount) => mount.split(':'))
      .map(([type, at]) => `mount -t ${type} ${type} '${root}/${at}'`),
    `exec chroot '${root}' bash /installed-deb.sh`,
  ].join('\n');
  const own = ['--mount', '--pid', '--net', '--ipc', '--uts', '--fork', '--kill-child'];
  return new Promise((resolve) => {
    const child = spawn('unshare', [...own, 'sh', '-c', prepare], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
      timeout: MOST_MS,
      killSignal: 'SIGKILL',
    });
    child.on('error', (error) => {
      say(`✗ unshare: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

/** The fresh system's tar, made once for the same packages. */
function freshSystem(deb) {
  const release = capture('sh', ['-c', '. /etc/os-release && echo "$VERSION_CODENAME"']).output.trim();
  const depends = capture('dpkg-deb', ['--field', deb, 'Depends']).output.trim();
  const digest = createHash('sha256')
    .update(JSON.stringify([release, DESKTOP, depends]))
    .digest('hex')
    .slice(0, 16);
  const tar = join(CACHE, `debian-${release}-${digest}.tar`);
  if (existsSync(tar)) return tar;
  const mirror = mirrorOf(release);
  const packages = [...DESKTOP, ...inThisRelease(depends)];
  say(`• making a fresh ${release} from ${mirror}…`);
  mkdirSync(CACHE, { recursive: true });
  const part = `${tar}.part`;
  const { ok, output } = capture(
    'mmdebstrap',
    [
      '--quiet',
      '--variant=apt',
      '--format=tar',
      // Nobody needs it after a power cut.
      '--dpkgopt=force-unsafe-io',
      `--include=${packages.join(',')}`,
      release,
      part,
      mirror,
    ],
    { timeout: MOST_MS },
  );
  if (!ok) throw new Error(`mmdebstrap: ${output.slice(-1000)}`);
  renameSync(part, tar);
  return tar;
}

/** What a deb asks for, by the names that this release has. */
function inThisRelease(depends) {
  return depends.split(', ').map((one) => known(one.split(' | ').map((name) => name.replace(/ \(.*\)/, ''))));
}

/** The mirror that this machine's own packages come from. */
function mirrorOf(release) {
  const { output } = capture('apt-get', ['indextargets', '--format', '$(RELEASE) $(COMPONENT) $(REPO_URI)']);
  const line = output.split('\n').find((one) => one.startsWith(`${release} main `));
  const uri = /https?:\/\/\S+$/.exec(line ?? '')?.[0];
  if (uri === undefined) throw new Error(`apt knows no mirror of ${release}`);
  return uri;
}
