import type { Changes } from '../changes';
import type { Clock } from '../clock/clock';
import type { Account } from '../keys/account';
import type { MinerSwitch } from '../mining/miner-switch';
import type { NodeConnection } from '../mining/node-connection';

type Parts = {
  readonly changes: Changes;
  readonly account: Account;
  readonly node: NodeConnection;
  readonly power: MinerSwitch;
};

const TOP_UP_EVERY_MS = 30_000;

/**
 * Drives the first run on a development network without a click: makes a key where there is none, starts, tops up
 * when the balance does not pay for results. Does nothing on any other network.
 * @returns the function that stops it
 */
export function startAutopilot(
  { changes, account, node, power }: Parts,
  clock: Clock,
  onError: (error: unknown) => void,
): () => void {
  let creating = false;
  let lastTopUpMs = Number.NEGATIVE_INFINITY;
  const step = () => {
    const { session } = node;
    const devnet = session?.faucet.available ?? false;
    if (account.state.state === 'none' && devnet && !creating) {
      creating = true;
      void account.create().catch(onError);
    }
    const keyMayCome =
      account.state.state === 'loading' || (account.state.state === 'none' && (devnet || isUnknown(node)));
    if (!power.running && !keyMayCome) power.start();
    if (session === null || !devnet || account.state.state !== 'ready') return;
    const { balance, resultFee } = session;
    const poor = balance !== null && resultFee !== null && balance < resultFee;
    if (!poor || clock.monotonic() - lastTopUpMs < TOP_UP_EVERY_MS) return;
    lastTopUpMs = clock.monotonic();
    void node.topUp(account.state.address).catch(onError);
  };
  const stop = changes.listen((change) => {
    if (change !== 'progress') step();
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
