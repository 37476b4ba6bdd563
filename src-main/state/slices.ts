import type { AppState, Topic } from '../../src-shared/state/state';
import { FAUCET_UNITS } from '../chain/faucet';
import { startOfDay } from '../clock/calendar';
import { isKept } from '../keys/own-key';
import type { Miner, MinerChange } from '../open-miner';
import { toTaskRow } from '../submissions/task-record';
import type { SliceReaders } from './state-publisher';

// More than a window shows, and few enough to be drawn anew with each block.
const RECENT_TASKS = 15;
const RECENT_JOBS = 50;

/** Which slices a change of the miner may show in. */
export const SHOWS_IN: Readonly<Record<MinerChange, readonly Topic[]>> = {
  // The language is the app's; which node it is, the settings say; the engine is chosen for the size in them.
  settings: ['settings', 'app', 'node', 'compute'],
  key: ['key'],
  // The network says what a result costs and whether there is a faucet.
  node: ['node', 'balance', 'faucet', 'key'],
  balance: ['balance'],
  faucet: ['faucet'],
  compute: ['compute', 'progress'],
  busy: ['compute', 'progress'],
  progress: ['progress'],
  tasks: ['tasks'],
  jobs: ['jobs'],
  miner: ['miner'],
  pauseRules: ['pauseRules'],
  damage: ['damage'],
};

/** How each slice is made of a miner. @param shell what the miner does not know @param now ms since the epoch */
export function sliceReaders(
  miner: Miner,
  shell: Pick<SliceReaders, 'app' | 'updates'>,
  now: () => number,
): SliceReaders {
  return {
    ...shell,
    settings: () => miner.settings.current,
    key: () => keySlice(miner),
    node: () => nodeSlice(miner),
    balance: () => balanceSlice(miner),
    faucet: () => faucetSlice(miner),
    compute: () => ({ lanes: miner.compute.status, taskError: miner.taskError() }),
    progress: () => ({ lanes: miner.compute.progress }),
    miner: () => miner.status.state,
    pauseRules: () => miner.pauseRules.status,
    tasks: () => tasksSlice(miner, now()),
    jobs: () => jobsSlice(miner),
    damage: () => miner.damage(),
  };
}

function keySlice({ account, keys, node }: Pick<Miner, 'account' | 'keys' | 'node'>): AppState['key'] {
  const { storedIn, state } = account;
  return {
    ...state,
    storedIn,
    keys: keys.keys.map((key) => ({ address: key.address, name: key.name, kept: isKept(key) })),
    usedElsewhere: node.session?.usedElsewhere ?? null,
  };
}

function nodeSlice({ node, settings }: Pick<Miner, 'node' | 'settings'>): AppState['node'] {
  const { session, failure } = node;
  const { nodeUrl } = settings.current;
  const head = session?.head;
  const header = head?.tip?.block.header;
  return {
    url: session?.client.url ?? nodeUrl,
    builtIn: nodeUrl === null,
    state: head?.state ?? (failure === null ? 'connecting' : 'offline'),
    networkName: head?.binding?.network.name ?? null,
    chainId: head?.binding?.chapter.chainId ?? null,
    height: header?.height ?? null,
    tipHash: head?.tip?.hash ?? null,
    tipVerified: head?.tip?.verification.ok ?? false,
    tipTimestampMs: header === undefined ? null : header.timestamp * 1000,
    nextBlockAtMs: head?.nextBlockAtMs ?? null,
    blockTimeMs: head?.blockTimeMs ?? null,
    clockSkewMs: head?.clockSkewMs ?? null,
    slowMs: session?.client.slowMs ?? null,
    error: failure?.error ?? head?.error ?? null,
  };
}

function balanceSlice({ node: { session } }: Pick<Miner, 'node'>): AppState['balance'] {
  const balance = session?.balance ?? null;
  const fee = session?.resultFee ?? null;
  return {
    units: balance?.toString() ?? null,
    resultFeeUnits: fee?.toString() ?? null,
    paysForResults: balance === null || fee === null || fee === 0n ? null : (balance / fee).toString(),
  };
}

function faucetSlice({ node: { session } }: Pick<Miner, 'node'>): AppState['faucet'] {
  const available = session?.faucet.available ?? false;
  const { state, txHash, error } = session?.faucet.state ?? {
    state: 'idle' as const,
    txHash: null,
    error: null,
  };
  return { available, state, amountUnits: available ? FAUCET_UNITS.toString() : null, txHash, error };
}

function tasksSlice({ journal }: Pick<Miner, 'journal'>, now: number): AppState['tasks'] {
  return {
    journalRevision: journal.revision,
    today: journal.countSince(startOfDay(now)),
    recent: journal.newest(RECENT_TASKS).map(toTaskRow),
  };
}

function jobsSlice({
  jobs,
  tokens,
  builtInMarket,
}: Pick<Miner, 'jobs' | 'tokens' | 'builtInMarket'>): AppState['jobs'] {
  const { status, store } = jobs;
  return {
    validator:
      status === null
        ? null
        : {
            ...status,
            token: tokens.of(status.url),
            undelivered: store.idsIn(status.url, 'answered').length,
            lastMinute: jobs.answeredLastMinute,
          },
    marketAvailable: builtInMarket.market !== null,
    recent: store.newest(RECENT_JOBS),
  };
}
