import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../clock/clock';
import { known, unknown } from './machine';
import { X11FullScreen } from './x11-full-screen';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xprop-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that prints, line by line, what a file of the folder named after its first argument gets. */
function xprop(): string {
  const program = join(folder, 'xprop');
  writeFileSync(
    program,
    `#!/bin/sh\necho $$ >> '${folder}/pids'\ncase $1 in -root) f=root;; *) f=$2;; esac\nexec tail -n +1 -s 0.02 -f '${folder}'/$f\n`,
  );
  chmodSync(program, 0o755);
  return program;
}
const say = (file: string, line: string) => appendFileSync(join(folder, file), `${line}\n`);
const inFront = (id: string) => say('root', `_NET_ACTIVE_WINDOW(WINDOW): window id # ${id}`);
const FULL = '_NET_WM_STATE(ATOM) = _NET_WM_STATE_FULLSCREEN, _NET_WM_STATE_FOCUSED';
const isAlive = (pid: string) => {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
};

describe('an app that fills the screen of an X server', () => {
  it('is followed from window to window, and nothing runs once nobody watches', async () => {
    inFront('0x1');
    say('0x1', '_NET_WM_STATE:  not found.');
    say('0x2', FULL);
    const probe = new X11FullScreen(systemClock, xprop());
    const stop = probe.watch(() => undefined);
    expect(await probe.read()).toEqual(known(false));
    say('0x1', FULL);
    await expect.poll(() => probe.read()).toEqual(known(true));
    inFront('0x0');
    await expect.poll(() => probe.read()).toEqual(known(false));
    inFront('0x2');
    await expect.poll(() => probe.read()).toEqual(known(true));
    stop();
    const pids = readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n');
    expect(pids.length).toBeGreaterThanOrEqual(3);
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]));
  });

  it('is looked for once where nobody watches', async () => {
    inFront('0x2');
    say('0x2', FULL);
    expect(await new X11FullScreen(systemClock, xprop()).read()).toEqual(known(true));
    const pids = readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n');
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]));
  });

  it('is not known without the program, or a window manager that tells', async () => {
    expect(await new X11FullScreen(systemClock, join(folder, 'none')).read()).toEqual(unknown('no_program'));
    say('root', '_NET_ACTIVE_WINDOW:  not found.');
    expect(await new X11FullScreen(systemClock, xprop()).read()).toEqual(unknown('system'));
  });
});
