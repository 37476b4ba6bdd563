import type { Snapshot } from '../../src-shared/ipc/snapshot';
import { FAUCET_UNITS } from '../chain/faucet';
import { startOfDay } from '../clock/calendar';
import { toTaskRow } from '../submissions/task-record';
import type { MinerCore } from './miner-core';

const RECENT_TASKS = 30;

/** What the snapshot says that the core does not know. */
export type AppFacts = {
  readonly appVersion: string;
  readonly runtime: string;
  readonly locale: 'ru' | 'en';
  readonly trayAvailable: boolean;
};

/** Everything the screens show, as one value. */
export function takeSnapshot(core: MinerCore, app: AppFacts, revision: number, now: number): Snapshot {
  return {
    revision,
    ...app,
    settings: core.settings,
    key: {
      ...core.account.state,
      storedIn: core.account.storedIn,
      usedElsewhere: core.session?.usedElsewhere ?? null,
    },
    node: nodePart(core),
    balance: balancePart(core),
    faucet: faucetPart(core),
    compute: computePart(core),
    miner: core.state,
    today: core.journal.countSince(startOfDay(now)),
    recentTasks: core.journal
      .list({ states: null, search: '', offset: 0, limit: RECENT_TASKS })
      .records.map(toTaskRow),
  };
}

function nodePart({ session, sessionError, settings }: MinerCore): Snapshot['node'] {
  const head = session?.head;
  const header = head?.tip?.block.header;
  return {
    url: session?.client.url ?? settings.nodeUrl,
    builtIn: settings.nodeUrl === null,
    state: head?.state ?? (sessionError === null ? 'connecting' : 'offline'),
    networkName: head?.binding?.network.name ?? null,
    chainId: head?.binding?.chapter.chainId ?? null,
    height: header?.height ?? null,
    tipHash: head?.tip?.hash ?? null,
    tipVerified: head?.tip?.verification.ok ?? false,
    tipTimestampMs: header === undefined ? null : header.timestamp * 1000,
    nextBlockAtMs: head?.nextBlockAtMs ?? null,
    blockTimeMs: head?.blockTimeMs ?? null,
    clockSkewMs: head?.clockSkewMs ?? null,
    error: sessionError ?? head?.error ?? null,
  };
}

function balancePart({ session }: MinerCore): Snapshot['balance'] {
  const balance = session?.balance ?? null;
  const fee = session?.resultFee ?? null;
  return {
    units: balance?.toString() ?? null,
    resultFeeUnits: fee?.toString() ?? null,
    paysForResults: balance === null || fee === null || fee === 0n ? null : (balance / fee).toString(),
  };
}

function faucetPart({ session }: MinerCore): Snapshot['faucet'] {
  const available = session?.faucet.available(session.head.binding) ?? false;
  const { state, txHash, error } = session?.faucet.state ?? {
    state: 'idle' as const,
    txHash: null,
    error: null,
  };
  return { available, state, amountUnits: available ? FAUCET_UNITS.toString() : null, txHash, error };
}

function computePart({ miner, compute }: MinerCore): Snapshot['compute'] {
  const { taskId, lastGops, error } = miner.figures;
  const { status } = compute;
  return { ...status, error: error ?? status.error, taskId, lastGops };
}
