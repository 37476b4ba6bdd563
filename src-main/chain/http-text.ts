import { BLOCK } from '../../src-shared/chain/limits';
import { AppError } from '../../src-shared/errors';

const TIMEOUT_MS = 10_000;
// A full block, each of its transactions with a proof of some kilobytes.
const MAX_BYTES = BLOCK.maxTransactions * (32 << 10);

export type HttpAnswer = { readonly status: number; readonly text: string; readonly date: string | null };

/**
 * One HTTP request, bounded in time and size; redirects are refused.
 * @throws AppError `node_unreachable`, `node_timeout`, `node_bad_answer`
 */
export async function httpText(
  url: string,
  options: { method?: 'GET' | 'POST'; body?: string; signal?: AbortSignal | undefined } = {},
): Promise<HttpAnswer> {
  const { method = 'GET', body, signal } = options;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const origin = new URL(url).origin;
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: response.status,
      text: await readText(response, origin),
      date: response.headers.get('date'),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    signal?.throwIfAborted();
    throw timeout.aborted ? timedOut(origin, error) : unreachable(origin, error);
  }
}

async function readText(response: Response, origin: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) {
      throw new AppError('node_bad_answer', `The node ${origin} sent an answer of over ${MAX_BYTES} bytes.`, {
        remedy: 'open_settings',
        params: { url: origin },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function timedOut(url: string, cause: unknown): AppError {
  return new AppError('node_timeout', `The node ${url} did not answer within ${TIMEOUT_MS / 1000} s.`, {
    remedy: 'wait',
    params: { url, seconds: TIMEOUT_MS / 1000 },
    cause,
  });
}

function unreachable(url: string, cause: unknown): AppError {
  const detail = reason(cause);
  return new AppError('node_unreachable', `The node ${url} can't be reached: ${detail}.`, {
    remedy: 'restart_node',
    params: { url, detail },
    cause,
  });
}

function reason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = inner as { code?: string; message?: string };
  return code ?? message ?? String(error);
}
