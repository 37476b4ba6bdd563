import { blockHash } from '../../src-shared/chain/block';
import { networkByChainId } from '../../src-shared/chain/network';
import { AppError } from '../../src-shared/errors';
import type { Response } from '../../src-shared/ipc/contract';
import type { Clock } from '../clock/clock';
import { NodeClient } from './node-client';
import { blocksBehind } from './node-time';
import { parseNodeUrl } from './node-url';
import { SlotClock } from './slot-clock';

/**
 * Tries a node before it is chosen: its network, chain id, height, how many blocks it is behind, and how far this
 * machine's clock is off its.
 * @throws AppError `invalid_node_url`, `node_*`, `chain_mismatch` for a network unknown here
 */
export async function testNode(text: string, clock: Clock): Promise<Response<'node:test'>> {
  const { url } = parseNodeUrl(text);
  const node = new NodeClient(url, clock);
  const status = await node.status();
  const genesis = await node.block(0);
  if (genesis === null || status.height < 0) {
    throw new AppError('node_bad_answer', `The node ${url} has no blocks yet.`, {
      remedy: 'wait',
      params: { url },
    });
  }
  const { chainId } = genesis.header;
  const network = networkByChainId(chainId);
  if (network === undefined || network.name !== status.network) {
    throw new AppError(
      'chain_mismatch',
      `The node serves "${status.network}" (${chainId}), a network not known here.`,
      {
        remedy: 'open_settings',
        params: { expected: status.network, actual: `${chainId} ${blockHash(genesis.header)}` },
      },
    );
  }
  const { height, dateMs } = status;
  const newest = await node.block(height);
  const slots = new SlotClock(network.blockTimeSeconds * 1000);
  for (const block of [genesis, ...(newest === null ? [] : [newest])]) slots.observe(block.header, null);
  const clockSkewMs = dateMs === null ? null : clock.now() - dateMs;
  const { timestamp } = (newest ?? genesis).header;
  const behind = blocksBehind(timestamp, slots.blockTimeMs, dateMs ?? clock.now());
  return { url, network: network.name, chainId, height, clockSkewMs, behind };
}
