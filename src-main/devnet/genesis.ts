import { bytesToHex } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { DEVNET_FAUCET_ADDRESS } from '../../src-shared/chain/faucet';
import { stringifyJson } from '../../src-shared/chain/json';
import type { ChainStore } from './chain-store';
import { Ledger } from './ledger';
import { DEVNET, GENESIS_PREMINE, GENESIS_STAKE } from './parameters';
import { newAccount, newValidator } from './records';
import { stateRoot } from './state-root';
import { ledgerMeta } from './stored-chain';
import { accountWire, toJson, validatorWire } from './wire';

/** The reference's single-node genesis: the premine at the faucet, and one validator. Block 0 comes after. */
export function createGenesis(
  store: ChainStore,
  validatorKey: Uint8Array,
  genesisTime: number,
  blockTimeSeconds: number = DEVNET.blockTimeSeconds,
): void {
  const faucet = { ...newAccount(DEVNET_FAUCET_ADDRESS), balance: GENESIS_PREMINE };
  const validatorAddress = addressFromPublicKey(validatorKey, 'cpcvalcons');
  const validator = newValidator(validatorAddress, bytesToHex(validatorKey), GENESIS_STAKE);
  const ledger = Ledger.empty();
  ledger.setAccount(faucet);
  ledger.setValidator(validator);
  store.writeGenesis(
    new Map([[faucet.address, stringifyJson(toJson(accountWire(faucet)))]]),
    new Map([[validator.address, stringifyJson(toJson(validatorWire(validator)))]]),
    new Map([
      ['version', '1'],
      ['genesis_time', String(genesisTime)],
      ['block_time', String(blockTimeSeconds)],
      ...ledgerMeta(ledger, stateRoot(ledger), []),
    ]),
  );
}
