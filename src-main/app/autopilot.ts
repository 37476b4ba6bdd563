import type { Clock } from '../clock/clock';
import type { NodeConnection } from '../mining/node-connection';
import type { Miner } from '../open-miner';

const TOP_UP_EVERY_MS = 30_000;

/**
 * Drives the first run on a development network without a click: makes a key where there is none, starts, tops up
 * when the balance does not pay for results. Does nothing on any other network.
 * @returns the function that stops it
 */
export function startAutopilot(
  { changes, account, keys, node, power }: Pick<Miner, 'changes' | 'account' | 'keys' | 'node' | 'power'>,
  clock: Clock,
  hasWindow: boolean,
  onError: (error: unknown) => void,
): () => void {
  let creating = false;
  // Once: what a person stops after that stays stopped.
  let started = false;
  let lastTopUpMs = Number.NEGATIVE_INFINITY;
  const step = () => {
    const { session } = node;
    const devnet = session?.faucet.available ?? false;
    if (account.state.state === 'none' && devnet && !creating) {
      creating = true;
      void keys.create().catch(onError);
    }
    const keyMayCome =
      account.state.state === 'loading' || (account.state.state === 'none' && (devnet || isUnknown(node)));
    if (!started && !keyMayCome) {
      started = true;
      // In a window it is on for the next start too, as if it had been clicked; without one nobody saw it.
      if (hasWindow) power.start();
      else power.startForRun();
    }
    if (session === null || !devnet || account.state.state !== 'ready') return;
    const { balance, resultFee } = session;
    const poor = balance !== null && resultFee !== null && balance < resultFee;
    if (!poor || clock.monotonic() - lastTopUpMs < TOP_UP_EVERY_MS) return;
    lastTopUpMs = clock.monotonic();
    void node.topUp(account.state.address).catch(onError);
  };
  const stop = changes.add((change) => {
    if (change !== 'progress' && change !== 'busy') step();
  });
  step();
  return stop;
}

/** Whether it is still open which network this is. */
function isUnknown({ session, failure }: NodeConnection): boolean {
  return (
    failure === null && (session?.head.binding ?? null) === null && (session?.head.error ?? null) === null
  );
}
