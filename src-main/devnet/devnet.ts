import { join } from 'node:path';
import { DEVNET_FAUCET_ADDRESS } from '../../src-shared/chain/faucet';
import { AppError } from '../../src-shared/errors';
import { type Clock, systemClock } from '../clock/clock';
import { authority } from '../network/listen';
import { Chain } from './chain';
import { openDataFolder } from './data-folder';
import { EventStream } from './event-stream';
import { type Market, type MarketOptions, startMarket } from './market/market';
import { DevnetNode } from './node';
import { DEVNET } from './parameters';
import { ProductionLoop } from './production-loop';
import { RpcServer } from './rpc-server';

export type DevnetOptions = {
  /** 0 for any free one. */
  readonly port: number;
  /** Whole seconds; left out, that of the stored chain, or 5. */
  readonly blockTimeSeconds?: number | undefined;
  /** Where the chain is kept; null for in memory only. */
  readonly dataFolder: string | null;
  /** The validator and its task market; none unless told. */
  readonly market?: MarketOptions | undefined;
  /** A loopback address; `127.0.0.1` unless told. */
  readonly host?: string;
  /** The system's clock unless told. */
  readonly clock?: Clock;
  /** No block but by `produceBlock`. Rounds then follow `clock` where it was given, and stay 0 where not. */
  readonly manual?: boolean;
};

export type Devnet = {
  readonly url: string;
  /** Of the task market; null where there is none. */
  readonly market: string | null;
  /** Where workers connect, `ws://…/worker`; null where there is none. */
  readonly worker: string | null;
  readonly chainId: string;
  readonly blockTimeSeconds: number;
  /** Unix seconds. */
  readonly genesisTime: number;
  readonly dataFolder: string | null;
  readonly faucetAddress: string;
  readonly validatorAddress: string;
  /** Makes the next block at once and returns its height. */
  produceBlock(): Promise<number>;
  close(): Promise<void>;
};

const MAX_BLOCK_TIME_SECONDS = 3600;

/**
 * Starts a single-validator L1 that speaks the reference node's RPC, on loopback only.
 * @throws AppError `invalid_argument`, `port_in_use`, `profile_in_use`, `profile_unwritable` or `database_corrupt`.
 */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const { port, dataFolder, host = '127.0.0.1', clock = systemClock, manual = false } = options;
  checkHost(host);
  checkBlockTime(options.blockTimeSeconds);
  const data = openDataFolder(dataFolder);
  let server: RpcServer | undefined;
  try {
    const chain = new Chain(data.store, data.validatorKey, clock, options.blockTimeSeconds);
    const node = new DevnetNode(chain, new EventStream(clock), clock);
    server = new RpcServer(node, clock);
    const rpc = server;
    const boundPort = await rpc.listen(host, port);
    const market = await openMarket(options, host, clock);
    const loop = new ProductionLoop(node, clock);
    if (!manual) loop.start();
    return {
      url: `http://${authority(host, boundPort)}`,
      market: market?.url ?? null,
      worker: market?.worker ?? null,
      chainId: DEVNET.chainId,
      blockTimeSeconds: chain.blockTimeSeconds,
      genesisTime: chain.genesisTime,
      dataFolder,
      faucetAddress: DEVNET_FAUCET_ADDRESS,
      validatorAddress: chain.proposer,
      produceBlock: async () => node.produceNow(options.clock !== undefined),
      close: async () => {
        loop.stop();
        await market?.close();
        await rpc.close();
        data.close();
      },
    };
  } catch (error) {
    await server?.close();
    data.close();
    throw error;
  }
}

/** Beside the chain, so that both are kept or neither. */
async function openMarket(
  { market, dataFolder }: DevnetOptions,
  host: string,
  clock: Clock,
): Promise<Market | null> {
  if (market === undefined) return null;
  const path = dataFolder === null ? ':memory:' : join(dataFolder, 'market.db');
  return startMarket({ ...market, path, host, clock });
}

function checkHost(host: string): void {
  if (host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)) return;
  throw new AppError(
    'invalid_argument',
    `The devnet listens on this machine only: ${host} is not a loopback address.`,
    { remedy: 'fix_input' },
  );
}

function checkBlockTime(blockTimeSeconds: number | undefined): void {
  if (blockTimeSeconds === undefined) return;
  const isWhole = Number.isInteger(blockTimeSeconds);
  if (isWhole && blockTimeSeconds >= 1 && blockTimeSeconds <= MAX_BLOCK_TIME_SECONDS) return;
  throw new AppError(
    'invalid_argument',
    `A block time is a whole number of seconds from 1 to ${MAX_BLOCK_TIME_SECONDS}, not ${blockTimeSeconds}.`,
    { remedy: 'fix_input' },
  );
}
