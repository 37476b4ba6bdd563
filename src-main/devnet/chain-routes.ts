import { laxInteger } from '../../src-shared/chain/pydantic';
import { type Answer, detail, ok, okText } from './answer';
import type { DevnetNode } from './node';
import { DEVNET } from './parameters';
import { validationError } from './validation-errors';

export function root(): Answer {
  return ok({ message: 'ComputeChain Node RPC', version: '1.0' });
}

export function status({ chain, mempool }: DevnetNode): Answer {
  return ok({
    height: chain.height,
    last_hash: chain.lastHash,
    network: DEVNET.name,
    mempool_size: mempool.size,
    epoch: chain.state.totals.epoch,
  });
}

export function block({ chain }: DevnetNode, heightText: string): Answer {
  const height = pathInteger(heightText, 'height');
  if (typeof height !== 'number') return height;
  const text = Number.isSafeInteger(height) ? chain.blockText(height) : undefined;
  return text === undefined ? detail(404, 'Block not found') : okText(text);
}

/** Any string is answered; one nobody knows has nothing. */
export function balance({ chain }: DevnetNode, address: string): Answer {
  const account = chain.state.account(address);
  return ok({ address, balance: account.balance.toString(), nonce: account.nonce });
}

export function nonce({ chain, mempool }: DevnetNode, address: string, pendingText: string | null): Answer {
  const pending = queryBoolean(pendingText ?? 'true');
  if (pending === undefined) {
    return detail(422, [validationError('bool_parsing', ['query', 'pending'], pendingText)]);
  }
  const confirmed = chain.state.account(address).nonce;
  return ok({ address, nonce: pending ? mempool.pendingNonce(address, chain.state) : confirmed, pending });
}

export function snapshots({ chain }: DevnetNode): Answer {
  return ok(chain.snapshots);
}

export function snapshot({ chain }: DevnetNode, heightText: string): Answer {
  const height = pathInteger(heightText, 'height');
  if (typeof height !== 'number') return height;
  const found = chain.snapshots.find((one) => one.height === height);
  return found === undefined ? detail(404, `Snapshot at height ${height} not found`) : ok(found);
}

export function metrics(node: DevnetNode): Answer {
  return okText(node.metrics.text(node), 'text/plain; version=0.0.4; charset=utf-8');
}

/** An integer in the path as pydantic takes it, or the 422 it gives. */
function pathInteger(text: string, name: string): number | Answer {
  const value = laxInteger(text);
  if (typeof value !== 'bigint') return detail(422, [validationError(value, ['path', name], text)]);
  return Number(value);
}

/** pydantic's words for yes and no. */
function queryBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (['1', 'true', 't', 'yes', 'y', 'on'].includes(word)) return true;
  if (['0', 'false', 'f', 'no', 'n', 'off'].includes(word)) return false;
  return undefined;
}
