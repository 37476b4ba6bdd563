import type { Clock } from '../clock/clock';
import type { MinerCore } from './miner-core';

const TOP_UP_EVERY_MS = 30_000;

/**
 * Drives the first run on a development network without a click: makes a key where there is none, starts, tops up
 * when the balance does not pay for results. Does nothing on any other network.
 * @returns the function that stops it
 */
export function startAutopilot(core: MinerCore, clock: Clock, onError: (error: unknown) => void): () => void {
  let creating = false;
  let lastTopUpMs = Number.NEGATIVE_INFINITY;
  const step = () => {
    const { account, session } = core;
    const devnet = session?.faucet.available(session.head.binding) ?? false;
    if (account.state.state === 'none' && devnet && !creating) {
      creating = true;
      void core.createKey().catch(onError);
    }
    const keyMayCome =
      account.state.state === 'loading' || (account.state.state === 'none' && (devnet || unknown(core)));
    if (!core.miner.running && !keyMayCome) core.start();
    if (session === null || !devnet || account.state.state !== 'ready') return;
    const { balance, resultFee } = session;
    const poor = balance !== null && resultFee !== null && balance < resultFee;
    if (!poor || clock.monotonic() - lastTopUpMs < TOP_UP_EVERY_MS) return;
    lastTopUpMs = clock.monotonic();
    void core.topUp().catch(onError);
  };
  const stop = core.onChange(step);
  step();
  return stop;
}

/** Whether it is still open which network this is. */
function unknown({ session, sessionError }: MinerCore): boolean {
  return (
    sessionError === null &&
    (session?.head.binding ?? null) === null &&
    (session?.head.error ?? null) === null
  );
}
