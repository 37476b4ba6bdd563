import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
const starts: Start[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-'));
});
afterEach(() => {
  for (const { process } of starts.splice(0)) process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A start of the app that wants a keyring; a sleeping process stands for the daemon that it starts. */
class Start {
  readonly process: ChildProcess;
  /** The bus that it joined. */
  readonly joined: Promise<string>;
  readonly ended: Promise<unknown>;

  constructor() {
    const program = `
      import { spawn } from 'node:child_process';
      import { joinKeyring } from ${JSON.stringify(join(import.meta.dirname, 'shared-keyring.mjs'))};
      import { readFileSync } from 'node:fs';
      const alive = (bus) => {
        try { return !/\\) Z /.test(readFileSync('/proc/' + bus + '/stat', 'utf8')); } catch { return false; }
      };
      const start = async () => {
        const daemon = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
        daemon.unref();
        return { bus: String(daemon.pid), pids: [daemon.pid] };
      };
      const { bus, leave } = await joinKeyring(${JSON.stringify(folder)}, { start, answers: alive });
      process.on('message', () => { leave(); process.exit(0); });
      process.send(bus);`;
    const file = join(folder, `start-${starts.length}.mjs`);
    writeFileSync(file, program);
    this.process = fork(file, { execArgv: [] });
    this.joined = new Promise((resolve) => this.process.once('message', (bus) => resolve(String(bus))));
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
    starts.push(this);
  }

  leave(): Promise<unknown> {
    this.process.send('leave');
    return this.ended;
  }

  crash(): Promise<unknown> {
    this.process.kill('SIGKILL');
    return this.ended;
  }
}

/** Whether a process runs; one that ended and that nobody has asked after does not. */
function isAlive(pid: string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function hasEnded(pid: string): Promise<void> {
  await expect.poll(() => isAlive(pid)).toBe(false);
}

it('starts at the same moment share one keyring, which ends with the last of them', async () => {
  const all = Array.from({ length: 5 }, () => new Start());
  const buses = await Promise.all(all.map(({ joined }) => joined));
  expect(new Set(buses).size).toBe(1);
  const [bus = ''] = buses;
  for (const start of all.slice(1)) await start.leave();
  expect(isAlive(bus)).toBe(true);
  await all[0]?.leave();
  await hasEnded(bus);
  expect(readdirSync(folder)).not.toContain('lock');
});

it('a keyring that crashed starts left behind is joined, not overwritten; one that is gone is started anew', async () => {
  const first = new Start();
  const bus = await first.joined;
  await first.crash();
  const second = new Start();
  expect(await second.joined).toBe(bus);
  await second.leave();
  await hasEnded(bus);
  const third = new Start();
  const other = await third.joined;
  expect(isAlive(other)).toBe(true);
  process.kill(Number(other));
  await hasEnded(other);
  const fourth = new Start();
  expect(isAlive(await fourth.joined)).toBe(true);
  await Promise.all([third.leave(), fourth.leave()]);
});

it('a lock that a crash left behind holds up nobody', async () => {
  writeFileSync(join(folder, 'lock'), '999999999');
  const start = new Start();
  await start.joined;
  await start.leave();
});
