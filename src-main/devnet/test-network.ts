import { hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { type Block, blockHash, computeRootOf, resultsOf, txRootOf } from '../../src-shared/chain/block';
import { DEVNET_FAUCET_PRIVATE_KEY } from '../../src-shared/chain/faucet';
import { BASE_GAS, baseGas, type GasType } from '../../src-shared/chain/gas';
import type { JsonObject } from '../../src-shared/chain/json-value';
import { publicKeyOf, signHash } from '../../src-shared/chain/key';
import { BLOCK } from '../../src-shared/chain/limits';
import { NETWORKS } from '../../src-shared/chain/network';
import { toNonce } from '../../src-shared/chain/nonce';
import {
  serializeTransaction,
  signTransaction,
  type Transaction,
  transactionHash,
} from '../../src-shared/chain/transaction';

/** An account for tests: its key signs what `transaction` makes. */
export type TestAccount = {
  readonly key: Uint8Array;
  readonly address: string;
  readonly publicKey: Uint8Array;
};

export function testAccount(privateKeyHex: string): TestAccount {
  const key = hexToBytes(privateKeyHex);
  const publicKey = publicKeyOf(key);
  return { key, publicKey, address: addressFromPublicKey(publicKey) };
}

export const FAUCET = testAccount(DEVNET_FAUCET_PRIVATE_KEY);
export const ALICE = testAccount('a1'.repeat(32));
export const BOB = testAccount('b0'.repeat(32));

/** A signed transaction: a transfer of 1 unit to Bob at the lowest price, but for what is given. */
export function transaction(
  from: TestAccount,
  nonce: number,
  change: Partial<Omit<Transaction, 'type' | 'nonce'>> & { readonly type?: GasType } = {},
): Transaction {
  const type = change.type ?? 'TRANSFER';
  const gasPrice = change.gasPrice ?? NETWORKS.devnet.minGasPrice;
  return signTransaction(
    {
      from: from.address,
      to: BOB.address,
      amount: 1n,
      payload: {},
      gasLimit: BASE_GAS[type],
      fee: BASE_GAS[type] * gasPrice,
      ...change,
      type,
      gasPrice,
      nonce: toNonce(nonce),
    },
    from.key,
  );
}

/** A result's payload, complete and by the given worker. */
export function resultPayload(worker: TestAccount, change: JsonObject = {}): JsonObject {
  return {
    task_id: '550e8400-e29b-41d4-a716-446655440000',
    worker_address: worker.address,
    result_hash: 'ab'.repeat(32),
    proof: '',
    signature: '',
    ...change,
  };
}

/** Block 7 of the development network with these transactions, whole and signed by the faucet's key as its proposer. */
export function signedBlock(txs: readonly Transaction[]): Block {
  const header = {
    height: 7,
    prevHash: 'a'.repeat(64),
    timestamp: 1_700_000_035,
    chainId: NETWORKS.devnet.chainId,
    proposerAddress: addressFromPublicKey(FAUCET.publicKey, 'cpcvalcons'),
    round: 0,
    txRoot: txRootOf(txs.map(transactionHash)),
    stateRoot: 'b'.repeat(64),
    computeRoot: '',
    gasUsed: txs.reduce((sum, { type }) => sum + (baseGas(type) ?? 0n), 0n),
    gasLimit: BLOCK.gasLimit,
  };
  const bare: Block = { header, txs, pqSignature: '', pqSigSchemeId: 1 };
  const full = { ...header, computeRoot: computeRootOf(resultsOf(bare)) };
  return { ...bare, header: full, pqSignature: signHash(hexToBytes(blockHash(full)), FAUCET.key) };
}

/** An answer as a client sees it. */
export type Seen = { readonly status: number; readonly text: string; readonly headers: Headers };

export async function get(url: string, path: string, init: RequestInit = {}): Promise<Seen> {
  const response = await fetch(url + path, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

export async function getJson(url: string, path: string): Promise<unknown> {
  return JSON.parse((await get(url, path)).text);
}

export async function post(url: string, body: string, contentType = 'application/json'): Promise<Seen> {
  return get(url, '/tx/send', { method: 'POST', body, headers: { 'Content-Type': contentType } });
}

export type SendAnswer = { readonly tx_hash: string; readonly status: string; readonly error?: string };

export async function send(url: string, tx: Transaction): Promise<SendAnswer> {
  // The shape is what the tests are about; they compare every member.
  return JSON.parse((await post(url, serializeTransaction(tx))).text) as SendAnswer;
}
