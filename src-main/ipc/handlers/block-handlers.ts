import { AppError } from '../../../src-shared/errors';
import type { Request } from '../../../src-shared/ipc/contract';
import { plainHex } from '../../../src-shared/pasted-text';
import { parseHeight, parseTxHash } from '../../chain/block-lookup';
import type { Clock } from '../../clock/clock';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';
import { lookupAt } from './lookup-at';

type Parts = Pick<Miner, 'node' | 'account' | 'journal' | 'compute'>;

/** Looking blocks up, and auditing what is in them. */
export function blockHandlers(parts: Parts, clock: Clock): Pick<Handlers, 'blocks:lookup' | 'results:audit'> {
  const { account, compute } = parts;
  return {
    'blocks:lookup': async (query) => {
      const height = await heightOf(parts, query);
      return lookupAt(parts.node).at(height, account.state.address);
    },
    'results:audit': ({ height, txHash, mode }, { signal }) =>
      lookupAt(parts.node).audit(height, parseTxHash(txHash), mode, {
        rows: (rows) => compute.recomputeRows(rows, signal),
        task: (task) => compute.recompute(task, signal),
        now: clock.monotonic,
      }),
  };
}

async function heightOf({ node, journal }: Parts, query: Request<'blocks:lookup'>): Promise<number> {
  switch (query.by) {
    case 'latest':
      return node.session?.head.tip?.block.header.height ?? 0;
    case 'height':
      return parseHeight(query.value);
    case 'tx_hash':
      return lookupAt(node).heightOfTx(parseTxHash(query.value));
    case 'task_id': {
      const task = journal.byTaskId(plainHex(query.value));
      if (task?.confirmedHeight != null) return task.confirmedHeight;
      throw new AppError('not_found', 'No result of yours with this task id is in a block.', {
        remedy: 'fix_input',
      });
    }
  }
}
