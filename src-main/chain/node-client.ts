import { z } from 'zod';
import { type Block, parseBlock } from '../../src-shared/chain/block';
import { type JsonValue, parseJson } from '../../src-shared/chain/json';
import { asObject, JsonNumber } from '../../src-shared/chain/json-value';
import { parseValidators, type Validator } from '../../src-shared/chain/validator';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import { systemWays, type Ways } from '../network/ways';
import { type HttpAnswer, httpText, type Outside } from './http-text';
import { NodePace } from './node-pace';

const height = z.number().int().min(-1).max(Number.MAX_SAFE_INTEGER);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const decimal = z.string().regex(/^\d{1,78}$/);

const statusSchema = z.object({
  height,
  last_hash: hash,
  network: z.string().max(64),
  mempool_size: count,
  epoch: count,
});
const balanceSchema = z.object({ balance: decimal, nonce: count });
const nonceSchema = z.object({ nonce: count });
const receiptSchema = z.object({
  status: z.enum(['pending', 'confirmed', 'failed']),
  block_height: height.nullable(),
  error: z.string().max(2000).nullable().optional(),
});
const sentSchema = z.object({
  tx_hash: z.string().max(64),
  status: z.enum(['received', 'rejected']),
  error: z.string().max(2000).nullable().optional(),
});

export type NodeStatus = {
  readonly height: number;
  readonly lastHash: string;
  readonly network: string;
  /** The node's time, ms since the epoch, to the second; null where it does not say. */
  readonly dateMs: number | null;
};
export type NodeBalance = { readonly units: bigint; readonly nonce: bigint };
export type Receipt = {
  readonly status: 'pending' | 'confirmed' | 'failed';
  readonly blockHeight: number | null;
  readonly error: string | null;
};
/** `rejected` carries the node's own word. */
export type SendAnswer =
  | { readonly status: 'received' }
  | { readonly status: 'rejected'; readonly word: string };

/**
 * One node's RPC (l1-protocol.md, "RPC"). Every answer is bounded in size, time and depth and checked against its
 * schema. All methods throw AppError `node_*` or `proxy_*`.
 */
export class NodeClient {
  readonly url: string;
  readonly #pace: NodePace;
  readonly #outside: Outside;

  constructor(
    url: string,
    { monotonic, after }: Pick<Clock, 'monotonic' | 'after'>,
    { send }: Pick<Ways, 'send'> = systemWays,
  ) {
    this.url = url;
    this.#pace = new NodePace(url, monotonic);
    this.#outside = { after, send };
  }

  /** For how long the node asked not to be asked, ms; 0 where it did not. */
  get heldForMs(): number {
    return this.#pace.heldForMs;
  }

  /** @throws AppError `node_busy` where a request would not even leave */
  requireFree(): void {
    this.#pace.requireFree();
  }

  /** How long its answers take where that is long, ms; null where it is not. */
  get slowMs(): number | null {
    return this.#pace.slowMs;
  }

  async status(signal?: AbortSignal): Promise<NodeStatus> {
    const answer = await this.#ask('/status', { signal });
    const { height, last_hash, network } = this.#parsed(answer, (json) => statusSchema.parse(plain(json)));
    return { height, lastHash: last_hash, network, dateMs: answer.dateMs };
  }

  /** The block at a height, or null where the node has none. */
  async block(at: number, signal?: AbortSignal): Promise<Block | null> {
    const answer = await this.#ask(`/block/${at}`, { signal });
    if (answer.status === 404) return null;
    return this.#parsed(answer, parseBlock);
  }

  async balance(address: string, signal?: AbortSignal): Promise<NodeBalance> {
    const { balance, nonce } = await this.#get(`/balance/${address}`, balanceSchema, signal);
    return { units: BigInt(balance), nonce: BigInt(nonce) };
  }

  /** The next nonce, with the node's pool counted in. */
  async pendingNonce(address: string, signal?: AbortSignal): Promise<bigint> {
    const { nonce } = await this.#get(`/nonce/${address}?pending=true`, nonceSchema, signal);
    return BigInt(nonce);
  }

  /** What the node knows of a transaction, or null where it knows nothing. */
  async receipt(txHash: string, signal?: AbortSignal): Promise<Receipt | null> {
    const answer = await this.#ask(`/tx/${txHash}/receipt`, { signal });
    if (answer.status === 404) return null;
    const { status, block_height, error } = this.#parsed(answer, (json) => receiptSchema.parse(plain(json)));
    return { status, blockHeight: block_height, error: error ?? null };
  }

  async validators(signal?: AbortSignal): Promise<readonly Validator[]> {
    return this.#parsed(await this.#ask('/validators', { signal }), parseValidators);
  }

  /** Sends a transaction's JSON once; a time-out means that nobody knows whether it arrived. */
  async send(body: string, signal?: AbortSignal): Promise<SendAnswer> {
    const answer = await this.#ask('/tx/send', { method: 'POST', body, signal });
    const { status, error } = this.#parsed(answer, (json) => sentSchema.parse(plain(json)));
    return status === 'received' ? { status } : { status, word: error ?? '' };
  }

  async #get<S extends z.ZodType>(path: string, schema: S, signal?: AbortSignal): Promise<z.infer<S>> {
    const answer = await this.#ask(path, { signal });
    return this.#parsed(answer, (json) => schema.parse(plain(json)));
  }

  async #ask(path: string, options: Parameters<typeof httpText>[1]): Promise<HttpAnswer> {
    const answer = await this.#pace.timed(() => httpText(`${this.url}${path}`, options, this.#outside));
    const { status, retryAfterMs } = answer;
    if ((status === 429 || status === 503) && retryAfterMs !== null) throw this.#pace.hold(retryAfterMs);
    return answer;
  }

  #parsed<T>(answer: { status: number; text: string }, read: (json: JsonValue) => T): T {
    if (isWebPage(answer)) throw webPage(this.url);
    if (answer.status !== 200) {
      throw new AppError('node_refused', `The node ${this.url} answered with HTTP status ${answer.status}.`, {
        remedy: 'wait',
        retryable: answer.status >= 500 || answer.status === 429,
        params: { url: this.url, status: answer.status },
      });
    }
    try {
      return read(parseJson(answer.text, { maxDepth: 64 }));
    } catch (error) {
      throw new AppError(
        'node_bad_answer',
        `The node ${this.url} gave an answer that is not what its protocol says.`,
        {
          remedy: 'open_settings',
          params: { url: this.url },
          cause: error,
        },
      );
    }
  }
}

/** JSON of small numbers as plain values; one that would lose digits comes out of range and fails its schema. No list is read. */
function plain(json: JsonValue): unknown {
  if (json instanceof JsonNumber) return json.toDouble();
  const object = asObject(json);
  if (object === undefined) return json;
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, plain(value)]));
}

/** What a person's browser is meant to show: of a network that wants a sign-in (511 is RFC 6585), or of another server. */
function isWebPage({ status, text }: { status: number; text: string }): boolean {
  return status === 511 || (status === 200 && text.trimStart().startsWith('<'));
}

function webPage(url: string): AppError {
  return new AppError(
    'node_web_page',
    `A web page answers at ${url}, not a node: the network may want a sign-in first, or the address is another server's.`,
    { remedy: 'check_network', params: { url } },
  );
}
