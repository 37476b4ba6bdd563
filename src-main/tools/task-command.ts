import { z } from 'zod';
import { type Clock, systemClock } from '../clock/clock';
import { parseTaskArguments, TASK_USAGE, type TaskCommand } from './task-arguments';

/** How the command ends: what goes to the standard output as JSON, and what is said besides. */
type TaskEnd = {
  readonly exitCode: 0 | 1 | 2;
  readonly output: unknown;
  readonly message: string | null;
};

const REQUEST_TIMEOUT_MS = 30_000;
const ASK_EVERY_MS = 250;

const createdSchema = z.looseObject({ task_id: z.string() });
const shownSchema = z.looseObject({ status: z.string() });

/** Runs `task …`. */
export async function runTask(args: readonly string[], clock: Clock = systemClock): Promise<TaskEnd> {
  let command: TaskCommand | null;
  try {
    command = parseTaskArguments(args);
  } catch (error) {
    return { exitCode: 2, output: null, message: `${textOf(error)}\n\n${TASK_USAGE}` };
  }
  if (command === null) return { exitCode: 0, output: null, message: TASK_USAGE };
  try {
    return await run(command, clock);
  } catch (error) {
    return { exitCode: 1, output: null, message: textOf(error) };
  }
}

async function run(command: TaskCommand, clock: Clock): Promise<TaskEnd> {
  const { market } = command;
  if (command.kind === 'show') return done(await show(market, command.taskId));
  if (command.kind === 'list') return done(await ask(`${market}/tasks?${command.query}`));
  const { payload, reward, deadlineSeconds, waitSeconds } = command;
  const deadline = Math.floor(clock.now() / 1000) + deadlineSeconds;
  const body = JSON.stringify({ challenge_type: payload.challenge_type, payload, reward, deadline });
  const headers = { 'Content-Type': 'application/json' };
  const created = await ask(`${market}/tasks`, { method: 'POST', body, headers });
  if (waitSeconds === null) return done(created);
  return wait(market, createdSchema.parse(created).task_id, waitSeconds, clock);
}

async function wait(market: string, taskId: string, seconds: number, clock: Clock): Promise<TaskEnd> {
  const untilMs = clock.monotonic() + seconds * 1000;
  for (;;) {
    const shown = await show(market, taskId);
    const { status } = shownSchema.parse(shown);
    if (status === 'completed') return done(shown);
    if (status === 'failed') return { exitCode: 1, output: shown, message: `The task ${taskId} failed.` };
    if (clock.monotonic() >= untilMs)
      return { exitCode: 1, output: shown, message: `The task is still ${status} after ${seconds} s.` };
    await new Promise<void>((resolve) => clock.after(ASK_EVERY_MS, resolve));
  }
}

/** A task as the market tells of it, and what the development network's also says of its audit. */
async function show(market: string, taskId: string): Promise<unknown> {
  const url = `${market}/tasks/${encodeURIComponent(taskId)}`;
  const task = shownSchema.parse(await ask(url));
  if (task.status !== 'completed' && task.status !== 'failed') return task;
  // Another market knows of no such thing.
  const audit = await ask(`${url}/audit`).catch(() => ({}));
  return { ...task, ...z.looseObject({}).parse(audit) };
}

/** @throws Error saying what the market says */
async function ask(url: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  } catch (error) {
    const { cause = error } = error as { cause?: unknown };
    throw new Error(
      `The task market at ${new URL(url).origin} does not answer (${textOf(cause)}). ` +
        'Start one with: npm run -s devnet -- --market-port 8080',
    );
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`The task market refused: ${response.status} ${text.slice(0, 2000)}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`What answers at ${new URL(url).origin} is no task market: ${text.slice(0, 200)}`);
  }
}

function done(output: unknown): TaskEnd {
  return { exitCode: 0, output, message: null };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
