import type { Miner } from '../../open-miner';
import { reportAccount } from '../../wallet/report-account';
import type { Handlers } from '../handle';

type WalletChannel = 'wallet:account' | 'wallet:review' | 'wallet:send';

/** What an address had and has, and what a person sends themselves. */
export function walletHandlers(
  miner: Pick<Miner, 'journal' | 'activity' | 'node' | 'orders' | 'keys'>,
): Pick<Handlers, WalletChannel> {
  return {
    'wallet:account': ({ address }) => {
      const key = miner.keys.required(address);
      const chapter = miner.node.session?.head.binding?.chapter.id ?? null;
      if (chapter === null) return { totals: null, transfers: [] };
      return reportAccount(miner, chapter, key.address);
    },
    'wallet:review': (request) => miner.orders.review(request),
    'wallet:send': (order) => miner.orders.send(order),
  };
}
