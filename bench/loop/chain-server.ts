import { setTimeout as sleep } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { refuse } from '../../e2e/driver/world/faults';
import { systemClock } from '../../src-main/clock/clock';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { FAUCET, send, transaction } from '../../src-main/devnet/test-network';
import { loadVerifier } from '../../src-main/signatures/load-verifier';
import type { ChainCalls, ChainSetup, Seen } from './chain-of-its-own';
import { WatchedNode } from './watched-node';

// Answers a `ChainOfItsOwn` in the thread it runs in: a development network with a watched node for each worker.
if (parentPort !== null) await serve(parentPort, workerData as ChainSetup);

async function serve(port: MessagePort, { folder, slotSeconds }: ChainSetup): Promise<void> {
  await loadVerifier();
  const devnet = await startDevnet({
    port: 0,
    blockTimeSeconds: slotSeconds,
    dataFolder: folder,
    manual: true,
    clock: systemClock,
  });
  await devnet.produceBlock();
  const [ours, guides] = await Promise.all([WatchedNode.start(devnet.url), WatchedNode.start(devnet.url)]);
  const nodes = [ours, guides];
  const calls: ChainCalls = {
    urls: async () => ({ ours: ours.front.url, guides: guides.front.url }),
    fund: async (...addresses) => {
      for (const [nonce, to] of addresses.entries()) {
        await send(devnet.url, transaction(FAUCET, nonce, { to, amount: 10n ** 18n }));
      }
    },
    slots: async (count) => {
      for (let slot = 0; slot < count; slot++) await nextSlot(devnet, nodes);
    },
    begin: async () => {
      for (const node of nodes) node.begin();
    },
    seen: async () => ({ ours: seenBy(ours), guides: seenBy(guides) }),
    refuse: async () => {
      ours.front.fault = () => refuse;
      ours.begin();
    },
    close: async () => {
      await Promise.all(nodes.map((node) => node.front.close()));
      await devnet.close();
    },
  };
  port.on('message', ({ id, name, args }: { id: number; name: keyof ChainCalls; args: never[] }) => {
    const call = calls[name] as (...args: never[]) => Promise<unknown>; // the caller's types pair name and arguments
    call(...args).then(
      (value) => port.postMessage({ id, value }),
      (error) => port.postMessage({ id, error: String(error) }),
    );
  });
  port.postMessage('ready');
}

/** Makes the next block at its slot. */
async function nextSlot(devnet: Devnet, nodes: readonly WatchedNode[]): Promise<void> {
  const slotMs = devnet.blockTimeSeconds * 1000;
  await sleep(slotMs - ((Date.now() - devnet.genesisTime * 1000) % slotMs) + 1);
  await devnet.produceBlock();
  for (const node of nodes) node.blockMade();
}

function seenBy({ delaysMs, requests }: WatchedNode): Seen {
  return { delaysMs: [...delaysMs], requests };
}
