import { type Address, addressFromPublicKey } from '../../src-shared/chain/address';
import { toUnits, UNITS_PER_CPC } from '../../src-shared/chain/amount';
import { DEVNET_FAUCET_PRIVATE_KEY } from '../../src-shared/chain/faucet';
import { parsePrivateKey, publicKeyOf } from '../../src-shared/chain/key';
import { NETWORKS } from '../../src-shared/chain/network';
import { toNonce } from '../../src-shared/chain/nonce';
import { AppError, type ErrorReport, fromErrorReport, toErrorReport } from '../../src-shared/errors';
import type { VerifiedBlock } from './block-verifier';
import type { HeadState } from './head-state';
import type { NodeClient } from './node-client';
import { sendOnce, signed } from './send-transaction';

/** What one click brings: enough for a hundred thousand results at the development network's fee. */
export const FAUCET_UNITS = toUnits(10n * UNITS_PER_CPC);

// Blocks after which a top-up that was sent is asked after, and given up on.
const GIVE_UP_BLOCKS = 12;

export type FaucetState = {
  readonly state: 'idle' | 'sending' | 'confirming' | 'confirmed' | 'failed';
  readonly txHash: string | null;
  readonly error: ErrorReport | null;
};

type Parts = {
  readonly node: NodeClient;
  /** Whether the node is on this machine. */
  readonly loopback: boolean;
  /** The chain as it is followed now. */
  readonly head: () => HeadState;
  readonly onChange: () => void;
};

/**
 * Tops up an account with the development network's public faucet key. It works only where the verified block 0 says
 * `cpc-devnet-1` and the node is on this machine, so that the worthless key can never sign for anything of worth.
 */
export class Faucet {
  readonly #node: NodeClient;
  readonly #loopback: boolean;
  readonly #head: () => HeadState;
  readonly #onChange: () => void;
  #state: FaucetState = { state: 'idle', txHash: null, error: null };
  #sentAtHeight = 0;

  constructor({ node, loopback, head, onChange }: Parts) {
    this.#node = node;
    this.#loopback = loopback;
    this.#head = head;
    this.#onChange = onChange;
  }

  get state(): FaucetState {
    return this.#state;
  }

  get available(): boolean {
    return this.#loopback && this.#head().binding?.chapter.chainId === NETWORKS.devnet.chainId;
  }

  /**
   * Sends one top-up; `state` tells how it goes on. A second call while one is under way does nothing.
   * @throws AppError `faucet_unavailable`, `node_*`, `tx_*`
   */
  async topUp(to: Address): Promise<void> {
    if (!this.available) {
      throw new AppError(
        'faucet_unavailable',
        'The faucet works on a development network on this machine only.',
        {
          remedy: 'open_settings',
        },
      );
    }
    const { error } = this.#head();
    if (error?.code === 'node_syncing') throw fromErrorReport(error);
    if (this.#state.state === 'sending' || this.#state.state === 'confirming') return;
    this.#set({ state: 'sending', txHash: null, error: null });
    try {
      const txHash = await this.#send(to);
      this.#sentAtHeight = this.#head().tip?.block.header.height ?? 0;
      this.#set({ state: 'confirming', txHash, error: null });
    } catch (error) {
      this.#set({ state: 'failed', txHash: null, error: toErrorReport(error) });
      throw error;
    }
  }

  /** Looks for the top-up in a verified block; true where it is in it. */
  takeBlock({ block, txHashes }: VerifiedBlock): boolean {
    const { state, txHash } = this.#state;
    if (state !== 'confirming') return false;
    if (txHashes.some((hash) => hash === txHash)) {
      this.#set({ state: 'confirmed', txHash, error: null });
      return true;
    }
    if (block.header.height - this.#sentAtHeight > GIVE_UP_BLOCKS) {
      const error = new AppError('tx_rejected', 'No block took the top-up. Try again.', {
        remedy: 'top_up',
        params: { word: 'no block took it' },
      });
      this.#set({ state: 'failed', txHash, error: toErrorReport(error) });
    }
    return false;
  }

  async #send(to: Address): Promise<string> {
    const privateKey = parsePrivateKey(DEVNET_FAUCET_PRIVATE_KEY);
    const from = addressFromPublicKey(publicKeyOf(privateKey));
    const nonce = toNonce(await this.#node.pendingNonce(from));
    const { raw, txHash } = signed(
      { type: 'TRANSFER', from, to, amount: FAUCET_UNITS, nonce, payload: {} },
      NETWORKS.devnet,
      privateKey,
    );
    const rejection = await sendOnce(this.#node, raw);
    if (rejection !== null) throw rejection.error;
    return txHash;
  }

  #set(state: FaucetState): void {
    this.#state = state;
    this.#onChange();
  }
}
