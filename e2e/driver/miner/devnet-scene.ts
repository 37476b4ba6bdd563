import { type Devnet, startDevnet } from '../../../src-main/devnet/devnet';
import type { TaskRecord } from '../../../src-main/submissions/task-record';
import type { TaskState } from '../../../src-shared/ipc/task-state';
import type { Settings } from '../../../src-shared/settings/settings';
import { MinerScene } from './miner-scene';

/** A miner before a development network of its own, which makes a block when a test says so. */
export class DevnetScene extends MinerScene {
  readonly devnet: Devnet;

  private constructor(devnet: Devnet) {
    super();
    this.devnet = devnet;
  }

  /** With block 0. */
  static async open(): Promise<DevnetScene> {
    const devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
    await devnet.produceBlock();
    return new DevnetScene(devnet);
  }

  /** Starts the miner and sees it to a key and a balance; it does not mine yet. */
  async fund(overrides: Partial<Settings> = {}): Promise<void> {
    const miner = await this.start(this.devnet.url, overrides);
    await miner.account.create();
    await this.until('the tip', ({ node }) => node.session?.head.tip != null);
    await this.topUp();
    await this.block();
    await this.until('the top-up', ({ node }) => (node.session?.balance ?? 0n) > 0n);
  }

  /** Makes a block and waits until the miner has it. */
  async block(): Promise<number> {
    const height = await this.devnet.produceBlock();
    this.miner.node.session?.retry();
    await this.until(`block ${height}`, ({ node }) => node.session?.head.tip?.block.header.height === height);
    return height;
  }

  inState(state: TaskState): TaskRecord[] {
    return this.tasks().filter((task) => task.state === state);
  }

  /** Ends the miner and the network. */
  async close(): Promise<void> {
    this.dispose();
    await this.devnet.close();
  }
}
