import type { Block } from '../../src-shared/chain/block';
import { baseGas } from '../../src-shared/chain/gas';

/** What a verified block did to an account: units received less units spent and fees charged. */
export function balanceChange(block: Block, account: string): bigint {
  let change = 0n;
  for (const tx of block.txs) {
    if (tx.from === account) change -= tx.amount + (baseGas(tx.type) ?? 0n) * tx.gasPrice;
    if (tx.type === 'TRANSFER' && tx.to === account) change += tx.amount;
  }
  return change;
}
