import { NETWORKS } from '../chain/network';

/** Whether a key that nobody could bring back is good enough for a chain: its coins are worth nothing. */
export function backupMayWait(chainId: string): boolean {
  return chainId === NETWORKS.devnet.chainId;
}
