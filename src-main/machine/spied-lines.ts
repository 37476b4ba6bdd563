import { spawn } from 'node:child_process';

// A line that is asked for has some hundred bytes.
const LONGEST_LINE = 1 << 16;

/**
 * Runs a program that prints a line whenever something changes.
 * @param onEnd called once where it ends by itself, or can't be started
 * @returns the function that ends it
 */
export function spyLines(
  program: string,
  args: readonly string[],
  { onLine, onEnd }: { readonly onLine: (line: string) => void; readonly onEnd: () => void },
): () => void {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let rest = '';
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    onEnd();
  };
  child.on('error', end);
  child.on('close', end);
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    if (isOver) return;
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) onLine(line);
  });
  return () => {
    isOver = true;
    child.kill('SIGKILL');
  };
}
