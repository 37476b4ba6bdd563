import { AppError } from '../../../src-shared/errors';
import { BlockLookup } from '../../chain/block-lookup';
import type { Miner } from '../../open-miner';

/** The look-up at the node in use. @throws AppError `node_unreachable` before its chain is known */
export function lookupAt(node: Miner['node']): BlockLookup {
  const { client, verifier, head } = node.required;
  const chainId = head.binding?.chapter.chainId;
  if (chainId === undefined) {
    throw new AppError('node_unreachable', 'There is no node to ask yet.', {
      remedy: 'wait',
      retryable: true,
      params: { url: client.url, detail: 'not connected' },
    });
  }
  const { slots } = head;
  return new BlockLookup(client, verifier, { chainId, ...(slots === undefined ? {} : { slots }) });
}
