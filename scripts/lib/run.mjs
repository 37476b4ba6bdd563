import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './paths.mjs';

/** Runs a command quietly and returns `{ok, code, output}`; `output` is stdout and stderr together. */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20, ...options });
  return {
    ok: result.status === 0,
    code: result.status,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? result.error.message : ''}`,
  };
}

/** Runs a command as `capture` does, beside what else is done meanwhile; npm's programs by their name on Windows too. */
export function captureAside(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ ok: false, code: null, output: output + error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, code, output }));
  });
}

/** Whether a program is on the PATH. */
export function has(program) {
  return capture('sh', ['-c', `command -v ${program}`]).ok;
}

/**
 * Runs a command in the foreground and resolves with its exit code. Signals sent to us go on to it,
 * so that ending `npm start` ends the app the way a person would.
 */
export function foreground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
}
