import type { TaskRecord } from '../../../src-main/submissions/task-record';
import { LIVE_STATES } from '../../../src-main/submissions/task-states';
import { parseBlock, resultsOf } from '../../../src-shared/chain/block';
import { baseGas } from '../../../src-shared/chain/gas';
import { parseJson } from '../../../src-shared/chain/json';

/** One of the account's results as the chain holds it. */
export type HeldResult = { readonly taskId: string; readonly txHash: string; readonly height: number };

/** What the chain itself says of an account. */
export type Holdings = {
  /** Of the chain's newest block. */
  readonly height: number;
  readonly results: readonly HeldResult[];
  /** Fees of the account's transactions in blocks, units. */
  readonly feesUnits: bigint;
  readonly balanceUnits: bigint;
  readonly nonce: number;
};

/** Journal and chain side by side. Sets of task ids; amounts in units. */
export type Tally = {
  readonly planned: number;
  readonly proved: number;
  /** Held by the chain and not called proved, called proved and not held, or ended without a reason. */
  readonly lost: readonly string[];
  /** In the chain more than once. */
  readonly duplicated: readonly string[];
  /** Neither proved nor ended. */
  readonly unfinished: readonly string[];
  readonly feesPaidUnits: bigint;
  readonly feesExpectedUnits: bigint;
};

/** Reads every block of a chain, from a height on, for what it holds of an account. */
export async function holdingsOf(nodeUrl: string, address: string, fromHeight = 0): Promise<Holdings> {
  const text = async (path: string) => (await fetch(`${nodeUrl}${path}`)).text();
  const { height } = JSON.parse(await text('/status')) as { height: number };
  const results: HeldResult[] = [];
  let feesUnits = 0n;
  for (let at = fromHeight; at <= height; at++) {
    const block = parseBlock(parseJson(await text(`/block/${at}`)));
    for (const tx of block.txs) {
      if (tx.from === address) feesUnits += (baseGas(tx.type) ?? 0n) * tx.gasPrice;
    }
    for (const { txHash, result } of resultsOf(block)) {
      if (result.workerAddress === address) results.push({ taskId: result.taskId, txHash, height: at });
    }
  }
  const { balance, nonce } = JSON.parse(await text(`/balance/${address}`)) as {
    balance: string;
    nonce: number;
  };
  return { height, results, feesUnits, balanceUnits: BigInt(balance), nonce };
}

/**
 * Holds the journal's tasks against what the chain holds.
 * @param fundedUnits what the account had before the first of these blocks
 */
export function tallyTasks(tasks: readonly TaskRecord[], held: Holdings, fundedUnits: bigint): Tally {
  const proved = tasks.filter(({ state }) => state === 'proved');
  const inChain = new Map(held.results.map(({ txHash, height }) => [txHash, height]));
  const believed = new Set(proved.map(({ txHash }) => txHash));
  const isFinal = ({ state }: TaskRecord) => !LIVE_STATES.includes(state);
  const lost = [
    ...held.results
      .filter(({ txHash }) => !believed.has(txHash))
      .map(({ taskId, height }) => `${taskId} is in block ${height}: ${known(tasks, taskId)}`),
    ...proved
      .filter((task) => inChain.get(task.txHash ?? '') !== task.confirmedHeight)
      .map((task) => `${task.taskId} is proved in ${task.confirmedHeight}, which does not hold it`),
    ...tasks
      .filter((task) => isFinal(task) && task.state !== 'proved' && task.reason === null)
      .map(({ taskId, state }) => `${taskId} is ${state} for no reason`),
  ];
  const ids = held.results.map(({ taskId }) => taskId);
  return {
    planned: tasks.length,
    proved: proved.length,
    lost,
    duplicated: [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))],
    unfinished: tasks.filter((task) => !isFinal(task)).map(({ taskId, state }) => `${taskId} is ${state}`),
    feesPaidUnits: fundedUnits - held.balanceUnits,
    feesExpectedUnits: held.feesUnits,
  };
}

function known(tasks: readonly TaskRecord[], taskId: string): string {
  const found = tasks.filter((task) => task.taskId === taskId);
  if (found.length === 0) return 'the journal does not know it';
  return found
    .map(({ state, txHash, reason }) => `${state} ${txHash?.slice(0, 8)} ${reason?.code ?? ''}`)
    .join(', ');
}
