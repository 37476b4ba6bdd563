import { AppError } from '../../src-shared/errors';
import type { Request, Response } from '../../src-shared/ipc/contract';
import type { Snapshot } from '../../src-shared/ipc/snapshot';
import { BlockLookup, parseHeight, parseTxHash } from '../chain/block-lookup';
import { testNode } from '../chain/test-node';
import type { MinerCore } from '../mining/miner-core';
import { toTaskRow } from '../submissions/task-record';
import type { Handlers } from './handle';

/** The ui's channels over the miner. */
export function uiHandlers(
  core: MinerCore,
  snapshot: () => Snapshot,
  copyText: (text: string) => void,
  now: () => number,
): Handlers {
  // One at a time: mining waits for it, and nobody looks at the one before any more.
  let audit = new AbortController();
  const endAudit = () => audit.abort(new AppError('compute_cancelled', 'The audit was cancelled.'));
  return {
    'app:snapshot': () => snapshot(),
    'app:copyText': ({ text }) => copyText(text),
    'settings:update': (change) => core.updateSettings(withoutUndefined(change)),
    'node:test': ({ url }) => testNode(url, now),
    'node:acceptChain': () => core.acceptChain(),
    'key:create': async () => ({ address: await core.createKey() }),
    'key:import': async ({ privateKey }) => ({ address: await core.importKey(privateKey) }),
    'miner:start': () => core.start(),
    'miner:stop': () => core.stop(),
    'miner:pause': ({ preset }) => core.pause(preset),
    'miner:resume': () => core.resume(),
    'miner:retry': () => core.retry(),
    'graphics:measure': () => core.compute.measure(),
    'graphics:release': () => core.compute.releaseAdapter(),
    'faucet:topUp': () => core.topUp(),
    'devnet:restart': () => core.restartBuiltIn(),
    'tasks:list': (query) => {
      const { total, records } = core.journal.list(query);
      return { total, tasks: records.map(toTaskRow) };
    },
    'tasks:trail': ({ taskId }) => trail(core, taskId),
    'blocks:lookup': (query) => lookUp(core, query),
    'results:audit': ({ height, txHash, mode }) => {
      endAudit();
      audit = new AbortController();
      const { signal } = audit;
      return lookup(core).audit(height, parseTxHash(txHash), mode, {
        rows: (rows) => core.compute.recomputeRows(rows, signal),
        task: (task) => core.compute.recompute(task, signal),
        now,
      });
    },
    'results:cancelAudit': endAudit,
  };
}

function trail(core: MinerCore, taskId: string): Response<'tasks:trail'> {
  const record = core.journal.byTaskId(taskId);
  if (record === null)
    throw new AppError('not_found', 'The journal has no such task.', { remedy: 'fix_input' });
  return {
    task: toTaskRow(record),
    history: core.journal.history(record),
    timings: record.timings,
    checks: record.evidence?.checks ?? [],
    inclusion: record.evidence?.inclusion ?? null,
  };
}

async function lookUp(core: MinerCore, query: Request<'blocks:lookup'>): Promise<Response<'blocks:lookup'>> {
  return lookup(core).at(await heightOf(core, query), core.account.state.address);
}

async function heightOf(core: MinerCore, query: Request<'blocks:lookup'>): Promise<number> {
  switch (query.by) {
    case 'latest':
      return core.session?.head.tip?.block.header.height ?? 0;
    case 'height':
      return parseHeight(query.value);
    case 'tx_hash':
      return lookup(core).heightOfTx(parseTxHash(query.value));
    case 'task_id': {
      const task = core.journal.byTaskId(query.value.trim().toLowerCase());
      if (task?.confirmedHeight != null) return task.confirmedHeight;
      throw new AppError('not_found', 'No result of yours with this task id is in a block.', {
        remedy: 'fix_input',
      });
    }
  }
}

function lookup(core: MinerCore): BlockLookup {
  const { session } = core;
  const chainId = session?.head.binding?.chapter.chainId;
  if (session == null || chainId === undefined) {
    throw new AppError('node_unreachable', 'There is no node to ask yet.', {
      remedy: 'wait',
      retryable: true,
      params: { url: core.settings.nodeUrl ?? 'built-in', detail: 'not connected' },
    });
  }
  const { slots } = session.head;
  return new BlockLookup(session.client, session.verifier, {
    chainId,
    ...(slots === undefined ? {} : { slots }),
  });
}

/** A partial change with the keys that were left out really absent. */
function withoutUndefined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
