import type { Block } from '../../src-shared/chain/block';
import { pythonFloatRepr } from '../../src-shared/chain/python-float';
import type { Chain } from './chain';
import type { Mempool } from './mempool';
import { DEVNET, GENESIS_PREMINE, TREASURY_ADDRESS } from './parameters';
import type { Receipts } from './receipts';

/** What is looked at when the numbers are asked for. */
type Observed = { readonly chain: Chain; readonly mempool: Mempool; readonly receipts: Receipts };

type Sample = readonly [labels: string, value: number | bigint];

/** Counts since the process started, and the whole as Prometheus text under the reference's names. */
export class Metrics {
  #blocks = 0;
  #confirmations = 0;
  readonly #byType = new Map<string, number>();
  readonly #blockTime = new Histogram([1, 5, 10, 15, 20, 30, 60]);
  readonly #blockSize = new Histogram([0, 1, 5, 10, 20, 50, 100]);
  readonly #confirmationTime = new Histogram([1, 5, 10, 30, 60, 120, 300, 600]);
  #lastBlockSeconds: number | undefined;

  countBlock(block: Block, nowSeconds: number): void {
    this.#blocks += 1;
    this.#blockSize.observe(block.txs.length);
    if (this.#lastBlockSeconds !== undefined) this.#blockTime.observe(nowSeconds - this.#lastBlockSeconds);
    this.#lastBlockSeconds = nowSeconds;
    this.#confirmations += block.txs.length;
    for (const { type } of block.txs) this.#byType.set(type, (this.#byType.get(type) ?? 0) + 1);
  }

  countConfirmation(waitedSeconds: number): void {
    this.#confirmationTime.observe(waitedSeconds);
  }

  text({ chain, mempool, receipts }: Observed): string {
    const { state, height } = chain;
    const validators = state.validators();
    const sum = (pick: (validator: (typeof validators)[number]) => bigint): bigint =>
      validators.reduce((total, validator) => total + pick(validator), 0n);
    const perValidator = (pick: (validator: (typeof validators)[number]) => number | bigint): Sample[] =>
      validators.map((validator) => [`{validator_address="${validator.address}"}`, pick(validator)]);
    const { epoch, minted, burned } = state.totals;
    const byType = [...this.#byType].map(([type, count]): Sample => [`{tx_type="${type}"}`, count]);
    return [
      gauge('block_height', 'Current block height', height),
      this.#blockTime.text('block_time_seconds', 'Time between blocks in seconds'),
      counter('blocks', 'Total number of blocks produced', [['', this.#blocks]]),
      counter('transactions', 'Total number of transactions processed', byType),
      this.#blockSize.text('transactions_per_block', 'Number of transactions per block'),
      gauge('mempool_size', 'Current mempool size', mempool.size),
      this.#confirmationTime.text(
        'tx_confirmation_time_seconds',
        'Time from transaction submission to confirmation',
      ),
      gauge('pending_transactions', 'Number of pending transactions', receipts.pendingCount),
      counter('event_confirmations', 'Total transaction confirmations via events', [
        ['', this.#confirmations],
      ]),
      gauge('validator_count_total', 'Total number of validators', validators.length),
      gauge(
        'validator_count_active',
        'Number of active validators',
        validators.filter((v) => v.isActive).length,
      ),
      gauge(
        'validator_count_jailed',
        'Number of jailed validators',
        validators.filter((v) => v.jailedUntilHeight > height).length,
      ),
      gauges(
        'validator_uptime_score',
        'Validator uptime score',
        perValidator((v) => v.uptimeScore),
      ),
      gauges(
        'validator_performance_score',
        'Validator performance score',
        perValidator((v) => v.performanceScore),
      ),
      gauges(
        'validator_power',
        'Validator voting power',
        perValidator((v) => v.power),
      ),
      // Counted by nobody there, and listed all the same.
      counter('validator_missed_blocks', 'Total missed blocks per validator', []),
      gauge(
        'total_supply',
        'Total token supply (genesis + minted - burned)',
        GENESIS_PREMINE + minted - burned,
      ),
      counter('total_minted', 'Total tokens minted (block rewards)', [['', minted]]),
      counter('total_burned', 'Total tokens burned (slashing, penalties, dust)', [['', burned]]),
      gauge(
        'total_staked',
        'Total tokens staked by validators',
        sum((v) => v.selfStake),
      ),
      gauge(
        'total_delegated',
        'Total tokens delegated',
        sum((v) => v.totalDelegated),
      ),
      gauge('treasury_balance', 'Treasury account balance', state.account(TREASURY_ADDRESS).balance),
      gauge('epoch_index', 'Current epoch index', epoch),
      gauges('network_id', 'Network ID (1=devnet, 2=testnet, 3=mainnet)', [
        [`{network="${DEVNET.name}"}`, 1],
      ]),
      gauge(
        'accounts_total',
        'Total number of accounts in the network',
        state.accounts().filter(({ balance }) => balance > 0n).length,
      ),
    ].join('');
  }
}

class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = [...bounds, Number.POSITIVE_INFINITY];
    this.#counts = this.#bounds.map(() => 0);
  }

  observe(value: number): void {
    this.#sum += value;
    this.#bounds.forEach((bound, index) => {
      if (value <= bound) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    });
  }

  text(name: string, help: string): string {
    const buckets = this.#bounds.map((bound, index): string => {
      const edge = bound === Number.POSITIVE_INFINITY ? '+Inf' : number(bound);
      return `computechain_${name}_bucket{le="${edge}"} ${number(this.#counts[index] ?? 0)}\n`;
    });
    const totals = `computechain_${name}_count ${number(this.#counts.at(-1) ?? 0)}\n`;
    return `${head(name, help, 'histogram')}${buckets.join('')}${totals}computechain_${name}_sum ${number(this.#sum)}\n`;
  }
}

function gauge(name: string, help: string, value: number | bigint): string {
  return gauges(name, help, [['', value]]);
}

function gauges(name: string, help: string, samples: readonly Sample[]): string {
  return head(name, help, 'gauge') + lines(name, samples);
}

function counter(name: string, help: string, samples: readonly Sample[]): string {
  return head(`${name}_total`, help, 'counter') + lines(`${name}_total`, samples);
}

function head(name: string, help: string, type: string): string {
  return `# HELP computechain_${name} ${help}\n# TYPE computechain_${name} ${type}\n`;
}

function lines(name: string, samples: readonly Sample[]): string {
  return samples.map(([labels, value]) => `computechain_${name}${labels} ${number(value)}\n`).join('');
}

/** As prometheus_client writes doubles: Python's repr, with Go's exponent for the large. */
function number(value: number | bigint): string {
  const text = pythonFloatRepr(Number(value));
  const point = text.indexOf('.');
  if (!(Number(value) > 0) || point <= 6) return text;
  const mantissa = `${text.charAt(0)}.${text.slice(1, point)}${text.slice(point + 1)}`.replace(/[0.]+$/, '');
  return `${mantissa}e+${String(point - 1).padStart(2, '0')}`;
}
