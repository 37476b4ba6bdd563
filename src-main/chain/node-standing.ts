import type { BlockHeader } from '../../src-shared/chain/block';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import { spanText } from '../../src-shared/span-text';
import type { Clock } from '../clock/clock';
import type { NodeTime } from './node-time';

const STALLED_BLOCKS = 6;
const STALLED_LEAST_MS = 30_000;
// So long may the first block after a rest take to come.
const BEHIND_UNSAID_BLOCKS = 2;

/** What there is to say of a node that answers: its chain stands still, is ahead of its clock, or is not all there yet. */
export class NodeStanding {
  readonly #url: string;
  readonly #monotonic: Clock['monotonic'];
  readonly #nodeTime: NodeTime;
  #progressMs: number;
  /** Since when the tip has been behind, and the height it had then; null at the head. */
  #fell: { readonly sinceMs: number; readonly height: number } | null = null;

  constructor(url: string, { monotonic }: Pick<Clock, 'monotonic'>, nodeTime: NodeTime) {
    this.#url = url;
    this.#monotonic = monotonic;
    this.#nodeTime = nodeTime;
    this.#progressMs = monotonic();
  }

  /** There was a new block, or following begins. */
  progressed(): void {
    this.#progressMs = this.#monotonic();
  }

  /**
   * @param tip the newest block's header, null before there is one
   * @param behind how many blocks the tip is behind; 0 at the head
   * @returns what keeps results from being worth their fees there, or null
   */
  judge(
    tip: Pick<BlockHeader, 'height' | 'timestamp'> | null,
    behind: number,
    blockTimeMs: number,
  ): ErrorReport | null {
    const error = this.#still(tip, blockTimeMs) ?? this.#catchingUp(tip, behind, blockTimeMs);
    return error === null ? null : toErrorReport(error);
  }

  #still(tip: Pick<BlockHeader, 'timestamp'> | null, blockTimeMs: number): AppError | null {
    const idleMs = this.#monotonic() - this.#progressMs;
    if (idleMs < Math.max(STALLED_BLOCKS * blockTimeMs, STALLED_LEAST_MS)) return null;
    const aheadMs = (tip?.timestamp ?? 0) * 1000 - this.#nodeTime.now();
    return aheadMs > STALLED_BLOCKS * blockTimeMs
      ? ahead(this.#url, aheadMs)
      : stalled(this.#url, Math.round(idleMs / 1000));
  }

  /** It is said once its blocks go on so, or none comes in the time of two. */
  #catchingUp(tip: Pick<BlockHeader, 'height'> | null, behind: number, blockTimeMs: number): AppError | null {
    if (tip === null || behind === 0) {
      this.#fell = null;
      return null;
    }
    const now = this.#monotonic();
    this.#fell ??= { sinceMs: now, height: tip.height };
    const { sinceMs, height } = this.#fell;
    if (height === tip.height && now - sinceMs < BEHIND_UNSAID_BLOCKS * blockTimeMs) return null;
    return syncing(this.#url, tip.height, behind);
  }
}

function stalled(url: string, seconds: number): AppError {
  return new AppError(
    'node_stalled',
    `The node answers, but has shown no new block for ${spanText(seconds * 1000)}.`,
    {
      remedy: 'restart_node',
      params: { url, seconds },
    },
  );
}

/** The node's clock was ahead when the newest block was made, and has been set right since. */
function ahead(url: string, byMs: number): AppError {
  const minutes = Math.ceil(byMs / 60_000);
  return new AppError(
    'node_ahead',
    `The newest block of the node ${url} is ${spanText(byMs)} ahead of its clock: its chain stands still until then. The clock was wrong when the block was made.`,
    { remedy: 'check_clock', params: { url, minutes } },
  );
}

function syncing(url: string, height: number, behind: number): AppError {
  return new AppError(
    'node_syncing',
    `The node ${url} is still catching up: it shows block ${height}, ${behind} blocks behind. Nothing is computed or signed until it is there.`,
    { remedy: 'wait', params: { url, height, behind } },
  );
}
