import { BOB } from '../../src-main/devnet/test-network';
import { exactFee } from '../../src-shared/chain/gas';
import { NETWORKS } from '../../src-shared/chain/network';
import type { SeededRandom } from '../driver/world/random';
import type { MinerLife } from './miner/miner-life';

const FEE = exactFee('SUBMIT_RESULT', NETWORKS.devnet.minGasPrice);

type Deed =
  | 'pause'
  | 'resume'
  | 'stop'
  | 'start'
  | 'finish'
  | 'tasks'
  | 'ceiling'
  | 'retry'
  | 'transfer'
  | 'battery';

const DEEDS: readonly (readonly [Deed, number])[] = [
  ['pause', 3],
  ['resume', 6],
  ['stop', 2],
  ['start', 6],
  ['finish', 1],
  ['tasks', 4],
  ['ceiling', 3],
  ['retry', 3],
  ['transfer', 3],
  ['battery', 1],
];

/** A person before the miner, who does this and that. */
export class Person {
  readonly #random: SeededRandom;
  readonly #onNudge: () => void;
  readonly #onError: (error: unknown) => void;
  #isOn = true;
  #isPaused = false;

  /** @param onNudge has the miner look at once */
  constructor(random: SeededRandom, onNudge: () => void, onError: (error: unknown) => void) {
    this.#random = random;
    this.#onNudge = onNudge;
    this.#onError = onError;
  }

  /** Whether they turned it on and do not pause it, as far as they know: a pause may have run out. */
  get wantsMining(): boolean {
    return this.#isOn && !this.#isPaused;
  }

  /** Sees what the miner does after its start: what could not be kept is forgotten. */
  meet({ miner }: MinerLife): void {
    this.#isOn = miner.power.running;
    this.#isPaused = miner.status.state.kind === 'paused';
  }

  /** Does something. @returns what */
  act({ miner }: MinerLife): string {
    const random = this.#random;
    const deed = random.pick(DEEDS);
    const { power, settings } = miner;
    this.#try(() => {
      if (deed === 'pause') {
        this.#isPaused = true;
        power.pause('manual');
      }
      if (deed === 'resume') this.#resume(miner);
      if (deed === 'stop') {
        this.#isOn = false;
        power.stop();
      }
      if (deed === 'start') this.#start(miner);
      if (deed === 'finish') {
        this.#isOn = false;
        power.finish();
      }
      if (deed === 'tasks') settings.save({ tasksPerBlock: 1 + random.below(4) });
      if (deed === 'ceiling') settings.save({ feeCeilingUnits: ceilingBy(random) });
      if (deed === 'retry') {
        this.#onNudge();
        void miner.retry();
      }
      if (deed === 'battery') settings.save({ pauseOnBattery: random.next() < 0.5 });
    });
    if (deed === 'transfer') void this.#transfer(miner);
    return deed;
  }

  /** Sets right whatever keeps it from mining. */
  setRight({ miner }: MinerLife): void {
    this.#try(() => miner.settings.save({ feeCeilingUnits: null, tasksPerBlock: 1 }));
    this.#try(() => this.#resume(miner));
    this.#try(() => this.#start(miner));
  }

  /** Turns it off for good. */
  stop({ miner }: MinerLife): void {
    this.#isOn = false;
    this.#try(() => miner.power.stop());
  }

  /** Agrees to whatever chain the node shows, where they are asked. */
  agree({ miner }: MinerLife): void {
    if (miner.node.session?.head.error?.remedy !== 'accept_chain') return;
    this.#onNudge();
    miner.node.required.acceptChain();
  }

  #resume({ power }: MinerLife['miner']): void {
    this.#isPaused = false;
    power.resume();
  }

  #start({ power }: MinerLife['miner']): void {
    this.#isOn = true;
    power.start();
  }

  async #transfer({ orders, node, account }: MinerLife['miner']): Promise<void> {
    const orderId = uuidBy(this.#random);
    const amountUnits = String(1 + this.#random.below(1000));
    const { binding } = node.session?.head ?? {};
    const { address } = account.state;
    if (binding == null || address === null) return;
    const feeUnits = String(exactFee('TRANSFER', NETWORKS.devnet.minGasPrice));
    const { chainId } = binding.chapter;
    try {
      await orders.send({
        kind: 'transfer',
        orderId,
        from: address,
        chainId,
        feeUnits,
        to: BOB.address,
        amountUnits,
      });
    } catch (error) {
      this.#onError(error);
    }
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onError(error);
    }
  }
}

function uuidBy(random: SeededRandom): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function ceilingBy(random: SeededRandom): string | null {
  const results = 1 + random.below(60);
  return random.next() < 0.5 ? null : String(FEE * BigInt(results));
}
