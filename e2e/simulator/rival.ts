import { ALICE, BOB, resultPayload, transaction } from '../../src-main/devnet/test-network';
import { parseAddress } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import { transactionHash } from '../../src-shared/chain/transaction';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import type { SeededRandom } from '../driver/world/random';
import type { World } from './chain/world';

/** Another worker with the same key, on a machine of its own: it takes nonces, and does the same tasks. */
export class Rival {
  readonly #world: World;
  /** What the node took of it. */
  #taken: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether something of its is in no block: it may hold up the account's queue for the hour that a pool keeps it. */
  get isWaiting(): boolean {
    this.#taken = this.#taken.filter((txHash) => this.#world.chain.heightOf(txHash) === undefined);
    return this.#taken.length > 0;
  }

  /** What it sent is given up. */
  forget(): void {
    this.#taken = [];
  }

  /** Sends a transaction to the chain's own node. @returns what it did */
  act(random: SeededRandom): string {
    const { own, chain } = this.#world;
    const nonce = own.pendingNonce(ALICE.address);
    const kind = random.pick([
      ['transfer', 1],
      ['result', 1],
      ['same', 1],
    ]);
    const { hash } = chain.tip;
    const address = parseAddress(ALICE.address);
    // A verified hash, as any block's of a chain.
    const task = taskId(hash as BlockHash, address, kind === 'same' ? 0 : 1000 + random.below(1000), 4);
    const tx =
      kind === 'transfer'
        ? transaction(ALICE, nonce, { to: BOB.address, amount: BigInt(1 + random.below(1000)) })
        : transaction(ALICE, nonce, {
            type: 'SUBMIT_RESULT',
            to: null,
            amount: 0n,
            payload: resultPayload(ALICE, { task_id: task }),
          });
    const refusal = own.take(tx);
    if (refusal === null) this.#taken.push(transactionHash(tx));
    return `${kind} ${refusal ?? 'taken'}`;
  }
}
