import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processesOf } from '../../e2e/driver/electron/processes';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** A process's proportional set size, what it shares counted in part (proc(5), smaps_rollup), MiB; 0 of one that ended. */
function proportionalMiB(pid: number): number {
  return rollupMiB(pid, 'Pss');
}

/** The same of a process and all below it, MiB. */
export function treeMiB(root: number): number {
  return processesOf(root).reduce((sum, { pid }) => sum + proportionalMiB(pid), 0);
}

/** That of memory that is no file's: what a process itself has made, MiB. */
export function anonymousMiB(pid: number): number {
  return rollupMiB(pid, 'Pss_Anon');
}

function rollupMiB(pid: number, name: 'Pss' | 'Pss_Anon'): number {
  const line = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(pid, 'smaps_rollup'));
  return Number(line?.[1] ?? 0) / 1024;
}

/** The processor time that a process has taken (proc(5), stat), ms; 0 of one that ended. */
export function processorMs(pid: number): number {
  const [, , , , , , , , , , , user = '0', system = '0'] = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return ((Number(user) + Number(system)) * 1000) / TICKS_PER_SECOND;
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
