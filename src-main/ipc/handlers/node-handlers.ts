import { testNode } from '../../chain/test-node';
import type { Clock } from '../../clock/clock';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** The node, its chain, and the development network with its faucet. */
export function nodeHandlers(
  { node, account }: Pick<Miner, 'node' | 'account'>,
  clock: Clock,
): Pick<Handlers, 'node:test' | 'node:acceptChain' | 'faucet:topUp' | 'devnet:restart'> {
  return {
    'node:test': ({ url }) => testNode(url, clock),
    'node:acceptChain': () => node.required.acceptChain(),
    'faucet:topUp': () => node.topUp(account.state.address),
    'devnet:restart': () => node.restartBuiltIn(),
  };
}
