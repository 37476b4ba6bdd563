import { blockHash } from '../../src-shared/chain/block';
import { networkByChainId } from '../../src-shared/chain/network';
import { AppError } from '../../src-shared/errors';
import type { Response } from '../../src-shared/ipc/contract';
import { httpTime } from '../clock/calendar';
import { httpText } from './http-text';
import { NodeClient } from './node-client';
import { parseNodeUrl } from './node-url';

/**
 * Tries a node before it is chosen: its network, chain id, height, and how far this machine's clock is off its.
 * @throws AppError `invalid_node_url`, `node_*`, `chain_mismatch` for a network unknown here
 */
export async function testNode(text: string, now: () => number): Promise<Response<'node:test'>> {
  const { url } = parseNodeUrl(text);
  const node = new NodeClient(url);
  const status = await node.status();
  const genesis = await node.block(0);
  if (genesis === null || status.height < 0) {
    throw new AppError('node_bad_answer', `The node ${url} has no blocks yet.`, {
      remedy: 'wait',
      params: { url },
    });
  }
  const { chainId } = genesis.header;
  if (networkByChainId(chainId)?.name !== status.network) {
    throw new AppError(
      'chain_mismatch',
      `The node serves "${status.network}" (${chainId}), a network not known here.`,
      {
        remedy: 'open_settings',
        params: { expected: status.network, actual: `${chainId} ${blockHash(genesis.header)}` },
      },
    );
  }
  const { date } = await httpText(`${url}/status`);
  const nodeMs = date === null ? null : httpTime(date);
  const clockSkewMs = nodeMs === null ? null : now() - nodeMs;
  return { url, network: status.network, chainId, height: status.height, clockSkewMs };
}
