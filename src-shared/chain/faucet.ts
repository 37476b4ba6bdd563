import { type Address, parseAddress } from './address';

/**
 * The devnet faucet's private key: public, deterministic and worthless (l1-protocol.md, "Units, networks").
 * Whoever spends with it must first check that the chain id is devnet's.
 */
export const DEVNET_FAUCET_PRIVATE_KEY = '4f3edf982522b4e51b7e8b5f2f9c4d1d7a9e5f8c2b6d4e1a3c5b7d9e0f1a2b3c';

export const DEVNET_FAUCET_ADDRESS: Address = parseAddress('cpc19pup6qpkj492wau7jrnqlglrlskzuvs6ctfq9f');
