import type { Envelope } from '../../../src-shared/ipc/envelope';
import { useStateStore } from './state-store';

/** Has the faucet top the account up; answers once a block has it, or with why none does. */
export async function toppedUp(): Promise<Envelope<void>> {
  const sent = await window.miner.topUp();
  if (!sent.ok) return sent;
  return new Promise((resolve) => {
    const settle = () => {
      const faucet = useStateStore.getState().state?.faucet;
      if (faucet?.state === 'confirmed') end({ ok: true, value: undefined });
      if (faucet?.state === 'failed' && faucet.error !== null) end({ ok: false, error: faucet.error });
    };
    const end = (answer: Envelope<void>) => {
      stop();
      resolve(answer);
    };
    const stop = useStateStore.subscribe(settle);
    settle();
  });
}
