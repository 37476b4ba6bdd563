import type { Clock } from '../clock/clock';
import { FileVault } from './file-vault';
import { KeychainVault, loadKeychain } from './keychain-vault';
import type { Vault } from './secret-vault';

/**
 * The vault for this session: an encrypted file where the person gave a passphrase, the system's keychain otherwise.
 * Never anything weaker.
 * @param passphrase CPC_MINER_PASSPHRASE, or undefined
 * @throws AppError `keychain_unavailable`
 */
export async function chooseVault(
  profile: string,
  passphrase: string | undefined,
  clock: Clock,
): Promise<Vault> {
  if (passphrase !== undefined && passphrase !== '') return new FileVault(profile, passphrase);
  return new KeychainVault(await loadKeychain(), clock);
}
