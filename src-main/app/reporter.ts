import { formatCpc, toUnits } from '../../src-shared/chain/amount';
import { clockIsOff } from '../../src-shared/chain/clock-skew';
import type { LaneStatus } from '../../src-shared/compute/lane-status';
import type { ErrorCode } from '../../src-shared/error-codes';
import type { ErrorReport } from '../../src-shared/errors';
import type { Pause } from '../../src-shared/mining/pause';
import type { PauseRule } from '../../src-shared/pause-rules/pause-rule';
import type { UnknownReason } from '../../src-shared/pause-rules/rule-status';
import { spanText } from '../../src-shared/span-text';
import { isoTime } from '../clock/calendar';
import type { Miner, MinerChange } from '../open-miner';
import type { TaskRecord } from '../submissions/task-record';
import { pauseWords, RULE_TEXTS, UNKNOWN_TEXTS } from './pause-texts';

/** What is told of, one object per event; amounts are decimal strings of units, times ms since the epoch. */
export type ReportEvent =
  | { readonly event: 'key'; readonly address: string; readonly storedIn: string | null }
  | { readonly event: 'engine'; readonly engine: string; readonly adapter: string | null }
  | { readonly event: 'block'; readonly height: number; readonly hash: string; readonly computeRoot: string }
  | { readonly event: 'balance'; readonly units: string; readonly paysForResults: string | null }
  | {
      readonly event: 'task';
      readonly taskId: string;
      readonly state: string;
      readonly blockHeight: number;
      readonly matrixSize: number;
      readonly engine: string | null;
      readonly resultHash: string | null;
      readonly txHash: string | null;
      readonly confirmedHeight: number | null;
      readonly reason: ErrorReport | null;
    }
  | {
      readonly event: 'job';
      readonly jobId: string;
      readonly state: string;
      readonly resultHash: string | null;
      readonly code: string | null;
    }
  | {
      readonly event: 'validator';
      readonly url: string;
      readonly state: string;
      readonly reason: ErrorReport | null;
      readonly retryAtMs: number | null;
    }
  | {
      readonly event: 'faucet';
      readonly state: string;
      readonly txHash: string | null;
      readonly reason: ErrorReport | null;
    }
  | { readonly event: 'used_elsewhere'; readonly height: number; readonly txHash: string }
  | { readonly event: 'node_slow'; readonly answerMs: number }
  | { readonly event: 'clock_off'; readonly aheadMs: number }
  | {
      readonly event: 'state';
      readonly state: string;
      readonly stage: string | null;
      /** Why it is paused; empty where it is not. */
      readonly reasons: readonly (Pause & { readonly why: string; readonly ends: string | null })[];
    }
  /** A rule that is on can't be judged, or can. */
  | { readonly event: 'pause_rule'; readonly rule: PauseRule; readonly unknown: UnknownReason | null }
  | { readonly event: 'chain_accepted'; readonly expected: string; readonly actual: string }
  /** There is a newer version of the app. */
  | { readonly event: 'update'; readonly version: string }
  | { readonly event: 'left_out'; readonly count: number }
  | { readonly event: 'metrics'; readonly url: string }
  | ({ readonly event: 'error'; readonly retryAtMs: number | null } & ErrorReport);

/** Tells of a thing where it is not as it was told last. `of` names the thing where there are several of its event. */
type Tell = (event: ReportEvent, key: string, of?: string) => void;
type Told = Pick<
  Miner,
  'account' | 'compute' | 'node' | 'jobs' | 'status' | 'settings' | 'pauseRules' | 'damage'
>;

const TO_PAY: ReadonlySet<string> = new Set<ErrorCode>(['insufficient_balance', 'tx_insufficient_balance']);

/** What is told of after a change, by what changed; a progress report is none of it. */
const REPORTS: Readonly<Partial<Record<MinerChange, (miner: Told, tell: Tell) => void>>> = {
  key: (miner, tell) => {
    tellKey(miner, tell);
    tellUsedElsewhere(miner, tell);
  },
  compute: tellEngines,
  node: (miner, tell) => {
    tellBlock(miner, tell);
    tellBalance(miner, tell);
    tellSlowness(miner, tell);
    tellClock(miner, tell);
  },
  balance: tellBalance,
  faucet: tellFaucet,
  jobs: tellValidator,
  miner: tellState,
  pauseRules: tellRules,
  damage: tellDamage,
};

/** Tells `write` of every step of the miner, each once. @returns the function that stops it */
export function report(
  miner: Told & Pick<Miner, 'changes' | 'journal'>,
  write: (event: ReportEvent) => void,
): () => void {
  const last = new Map<string, string>();
  const tell: Tell = (event, key, of = event.event) => {
    if (last.get(of) === key) return;
    last.set(of, key);
    write(event);
  };
  const stopTasks = miner.journal.onChange((task) => tell(taskEvent(task), `${task.taskId} ${task.state}`));
  const stopJobs = miner.jobs.events.add((job) => write({ event: 'job', ...job }));
  const stopChanges = miner.changes.add((change) => REPORTS[change]?.(miner, tell));
  for (const tellOf of Object.values(REPORTS)) tellOf(miner, tell);
  return () => {
    stopTasks();
    stopJobs();
    stopChanges();
  };
}

function tellKey({ account }: Told, tell: Tell): void {
  const { state, storedIn } = account;
  if (state.state !== 'ready') return;
  tell({ event: 'key', address: state.address, storedIn }, state.address);
}

function tellEngines({ compute }: Told, tell: Tell): void {
  for (const lane of compute.status) {
    const { engine } = lane;
    if (engine === null || lane.state === 'starting') continue;
    const adapter = adapterOf(lane);
    tell({ event: 'engine', engine, adapter }, `${engine} ${adapter}`, `engine ${lane.id}`);
  }
}

function adapterOf({ adapter }: LaneStatus): string | null {
  return adapter === null ? null : `${adapter.vendor} ${adapter.device || adapter.description}`.trim();
}

function tellBlock({ node }: Told, tell: Tell): void {
  const tip = node.session?.head.tip;
  if (tip == null) return;
  const { height, computeRoot } = tip.block.header;
  tell({ event: 'block', height, hash: tip.hash, computeRoot }, tip.hash);
}

function tellBalance({ node }: Told, tell: Tell): void {
  const balance = node.session?.balance ?? null;
  if (balance === null) return;
  const fee = node.session?.resultFee ?? null;
  const paysForResults = fee === null ? null : (balance / fee).toString();
  tell({ event: 'balance', units: balance.toString(), paysForResults }, balance.toString());
}

function tellFaucet({ node }: Told, tell: Tell): void {
  const faucet = node.session?.faucet.state;
  if (faucet === undefined || faucet.state === 'idle') return;
  const { state, txHash, error } = faucet;
  tell({ event: 'faucet', state, txHash, reason: error }, `${state} ${txHash}`);
}

function tellValidator({ jobs }: Told, tell: Tell): void {
  const { status } = jobs;
  if (status === null) return;
  const { url, state, error, retryAtMs } = status;
  tell({ event: 'validator', url, state, reason: error, retryAtMs }, `${url} ${state} ${retryAtMs}`);
}

/** Both programs pay fees, and for the same tasks: whoever runs them has to hear of it. */
function tellUsedElsewhere({ node }: Told, tell: Tell): void {
  const seen = node.session?.usedElsewhere;
  if (seen == null) return;
  const { height, txHash } = seen;
  tell({ event: 'used_elsewhere', height, txHash }, txHash);
}

/** Once for each time that the node's answers become slow. */
function tellSlowness({ node }: Told, tell: Tell): void {
  const answerMs = node.session?.client.slowMs ?? null;
  if (answerMs !== null) tell({ event: 'node_slow', answerMs }, 'slow');
}

/** Once for each direction in which the clock is off. */
function tellClock({ node }: Told, tell: Tell): void {
  const skewMs = node.session?.head.clockSkewMs ?? null;
  const off = clockIsOff(skewMs);
  if (off !== null && skewMs !== null) tell({ event: 'clock_off', aheadMs: Math.round(skewMs) }, off);
}

function tellState({ status, account, settings }: Told, tell: Tell): void {
  const { state } = status;
  const stage = state.kind === 'blocked' ? state.stage : null;
  const reasons =
    state.kind === 'paused'
      ? state.reasons.map((pause) => ({ ...pause, ...pauseWords(pause, settings.current, 'en') }))
      : [];
  tell(
    { event: 'state', state: state.kind, stage, reasons },
    `${state.kind} ${stage} ${JSON.stringify(reasons)}`,
  );
  if (state.kind !== 'blocked') return;
  const { error, sinceMs } = state;
  const { address } = account.state;
  // Without a window nothing else says where to send what is missing.
  const params = TO_PAY.has(error.code) && address !== null ? { ...error.params, address } : error.params;
  tell({ event: 'error', ...error, params, retryAtMs: state.retryAtMs }, `${sinceMs} ${error.code}`);
}

/** A rule that holds nothing back because nobody can judge it: whoever relies on it has to hear of it. */
function tellRules({ pauseRules }: Told, tell: Tell): void {
  for (const { rule, judgement } of pauseRules.status) {
    if (judgement.kind === 'off' || (judgement.kind === 'unknown' && judgement.why === 'asking')) continue;
    const why = judgement.kind === 'unknown' ? judgement.why : null;
    tell({ event: 'pause_rule', rule, unknown: why }, String(why), `rule ${rule}`);
  }
}

/** Once for each table that is hit. */
function tellDamage({ damage }: Told, tell: Tell): void {
  const error = damage();
  if (error !== null)
    tell({ event: 'error', ...error, retryAtMs: null }, String(error.params.tables), 'damage');
}

/**
 * An event as a line a person can follow.
 * @param said how a moment is written, ms since the epoch; as ISO 8601 in UTC where nobody says
 */
export function sentence(event: ReportEvent, said: (atMs: number) => string = isoTime): string {
  switch (event.event) {
    case 'key':
      return `key      ${event.address} (in the ${event.storedIn ?? 'vault'})`;
    case 'engine':
      return `engine   ${event.engine}${event.adapter === null ? '' : ` on ${event.adapter}`}`;
    case 'block':
      return `block    ${event.height} ${short(event.hash)} verified${event.computeRoot === '' ? '' : `, compute_root ${short(event.computeRoot)}`}`;
    case 'balance':
      return `balance  ${formatCpc(toUnits(BigInt(event.units)))} CPC, pays for ${event.paysForResults ?? '?'} results`;
    case 'task':
      return `task     ${event.taskId} ${event.state}${taskDetail(event)}`;
    case 'job':
      return `job      ${event.jobId} ${event.state}${jobDetail(event)}`;
    case 'validator':
      return `jobs     ${event.url} ${event.state}${event.reason === null ? '' : `: ${event.reason.message}`}${nextTry(event, said)}`;
    case 'faucet':
      return `faucet   ${event.state}${faucetDetail(event)}`;
    case 'used_elsewhere':
      return `problem  Another program uses this key: transaction ${short(event.txHash)} in block ${event.height} is not this miner's. Both do the same tasks, and want the same nonces: results may be superseded.`;
    case 'node_slow':
      return `problem  The node answers slowly, in ${spanText(event.answerMs)}: results may come too late.`;
    case 'clock_off':
      return `problem  This machine's clock is ${spanText(Math.abs(event.aheadMs))} ${event.aheadMs > 0 ? 'ahead of' : 'behind'} the chain's: set it.`;
    case 'state':
      return `state    ${event.state}${event.stage === null ? '' : ` (${event.stage})`}${pauseDetail(event, said)}`;
    case 'pause_rule':
      return event.unknown === null
        ? `rule     ${RULE_TEXTS[event.rule]} is judged.`
        : `problem  ${RULE_TEXTS[event.rule]} can't be judged: ${UNKNOWN_TEXTS[event.unknown]}. It holds nothing back.`;
    case 'chain_accepted':
      return `chain    agreed to ${event.actual}; before it was ${event.expected}`;
    case 'update':
      return `update   version ${event.version} of the app is there`;
    case 'left_out':
      return `problem  ${event.count} lines were left out here: nobody read them.`;
    case 'metrics':
      return `figures  ${event.url}/metrics, and ${event.url}/healthz`;
    case 'error':
      return `problem  ${event.message}${addressToPay(event)}${nextTry(event, said)}`;
  }
}

function jobDetail({ resultHash, code }: Extract<ReportEvent, { event: 'job' }>): string {
  if (code !== null) return `: ${code}`;
  return resultHash === null ? '' : `: ${short(resultHash)}`;
}

function pauseDetail(
  { reasons }: Extract<ReportEvent, { event: 'state' }>,
  said: (atMs: number) => string,
): string {
  const texts = reasons.map(({ why, ends, untilMs }) => {
    const end = untilMs === null ? ends : `until ${said(untilMs)}`;
    return end === null ? why : `${why}, ${end}`;
  });
  return texts.length === 0 ? '' : `: ${texts.join('; ')}`;
}

function nextTry(
  { retryAtMs }: { readonly retryAtMs: number | null },
  said: (atMs: number) => string,
): string {
  return retryAtMs === null ? '' : ` The next try is at ${said(retryAtMs)}.`;
}

function addressToPay({ params }: ErrorReport): string {
  const { address } = params;
  return address === undefined ? '' : ` The address is ${address}.`;
}

function faucetDetail({ txHash, reason }: Extract<ReportEvent, { event: 'faucet' }>): string {
  if (reason !== null) return `: ${reason.message}`;
  return txHash === null ? '' : `: transaction ${short(txHash)}`;
}

function taskDetail(event: Extract<ReportEvent, { event: 'task' }>): string {
  if (event.reason !== null) return `: ${event.reason.message}`;
  if (event.state === 'planned')
    return `: block ${event.blockHeight}, ${event.matrixSize}×${event.matrixSize}`;
  if (event.state === 'computed') return `: ${event.engine}, root ${short(event.resultHash ?? '')}`;
  if (event.state === 'confirmed') return `: in block ${event.confirmedHeight}`;
  if (event.state === 'proved') return `: the result is under compute_root of block ${event.confirmedHeight}`;
  return event.state === 'sent' ? `: transaction ${short(event.txHash ?? '')}` : '';
}

function taskEvent(task: TaskRecord): ReportEvent {
  const { taskId, state, blockHeight, matrixSize, engine, resultHash, txHash, confirmedHeight, reason } =
    task;
  return {
    event: 'task',
    taskId,
    state,
    blockHeight,
    matrixSize,
    engine,
    resultHash,
    txHash,
    confirmedHeight,
    reason,
  };
}

function short(hash: string): string {
  return `${hash.slice(0, 10)}…`;
}
