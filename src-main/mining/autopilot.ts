import type { MinerCore } from './miner-core';

const TOP_UP_EVERY_MS = 30_000;

/**
 * Drives the first run on a development network without a click: makes a key where there is none, starts, tops up
 * when the balance does not pay for results. Does nothing on any other network.
 * @returns the function that stops it
 */
export function startAutopilot(
  core: MinerCore,
  now: () => number,
  onError: (error: unknown) => void,
): () => void {
  let creating = false;
  let lastTopUpMs = Number.NEGATIVE_INFINITY;
  const step = () => {
    const { session } = core;
    if (session === null || !session.faucet.available(session.head.binding)) return;
    if (core.account.state.state === 'none' && !creating) {
      creating = true;
      void core.createKey().catch(onError);
      return;
    }
    if (core.account.state.state !== 'ready') return;
    const { balance, resultFee } = session;
    const poor = balance !== null && resultFee !== null && balance < resultFee;
    if (!poor || now() - lastTopUpMs < TOP_UP_EVERY_MS) return;
    lastTopUpMs = now();
    void core.topUp().catch(onError);
  };
  core.start();
  const stop = core.onChange(step);
  step();
  return stop;
}
