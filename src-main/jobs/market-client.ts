import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../src-shared/errors';
import { taskIdSchema } from '../../src-shared/jobs/frames';
import type { NewTask } from '../../src-shared/jobs/market';
import type { Clock } from '../clock/clock';
import { connectionError } from '../network/connection-error';
import { proxyFor } from '../network/proxy';
import { send } from '../network/transport';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 << 10;
// How long a task waits for somebody to do it.
const DEADLINE_SECONDS = 600;

const createdSchema = z.object({ task_id: taskIdSchema });

/**
 * Offers a synthetic task of a random seed on a market (poc-protocol.md, "Task market").
 * @param market its `http:` address @returns the task's id
 * @throws AppError `market_unreachable`, `market_refused`, `market_bad_answer`
 */
export async function createTask(
  market: string,
  { matrixSize, iterations, reward }: NewTask,
  clock: Clock,
): Promise<string> {
  const seed = randomBytes(32).toString('hex');
  const body = JSON.stringify({
    challenge_type: 'synthetic',
    payload: { challenge_type: 'synthetic', seed, matrix_size: matrixSize, iterations },
    reward,
    deadline: Math.floor(clock.now() / 1000) + DEADLINE_SECONDS,
  });
  const { status, text } = await post(`${market.replace(/\/+$/, '')}/tasks`, body, clock);
  if (status < 200 || status > 299) throw refused(market, status);
  try {
    return createdSchema.parse(JSON.parse(text)).task_id;
  } catch (cause) {
    throw badAnswer(market, cause);
  }
}

async function post(
  url: string,
  body: string,
  clock: Clock,
): Promise<{ readonly status: number; readonly text: string }> {
  const giveUp = new AbortController();
  const callOff = clock.after(TIMEOUT_MS, () => giveUp.abort(unreachable(url, 'no answer in time', null)));
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await send(url, { method: 'POST', headers, body, signal: giveUp.signal });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) throw badAnswer(url, null);
      chunks.push(chunk);
    }
    return { status: response.status, text: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    if (error instanceof AppError) throw error;
    giveUp.signal.throwIfAborted();
    const { detail = '' } = connectionError(url, proxyFor(url), error).params;
    throw unreachable(url, String(detail), error);
  } finally {
    callOff();
  }
}

function unreachable(url: string, detail: string, cause: unknown): AppError {
  const { origin } = new URL(url);
  return new AppError('market_unreachable', `The market ${origin} can't be reached: ${detail}.`, {
    remedy: 'retry',
    params: { url: origin, detail },
    cause,
  });
}

function refused(url: string, status: number): AppError {
  const { origin } = new URL(url);
  return new AppError('market_refused', `The market ${origin} does not take the task (HTTP ${status}).`, {
    remedy: 'fix_input',
    params: { url: origin, status },
  });
}

function badAnswer(url: string, cause: unknown): AppError {
  const { origin } = new URL(url);
  return new AppError('market_bad_answer', `The market ${origin} answered what is no answer of a market.`, {
    remedy: 'retry',
    params: { url: origin },
    cause,
  });
}
