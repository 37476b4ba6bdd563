import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import type { Vault } from './secret-vault';

/** The part of keytar's API that is used. */
export type Keychain = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

const SERVICE = 'ComputeChain Miner';
// Long enough to type a password into the prompt of the desktop.
const ANSWER_TIMEOUT_MS = 30_000;

/** Loads the native keychain module. @throws AppError `keychain_unavailable` where its library is missing */
export async function loadKeychain(): Promise<Keychain> {
  try {
    const module: { default: Keychain } = await import('keytar');
    return module.default;
  } catch (error) {
    throw unavailable(error);
  }
}

/** Keys and secret texts in the system's keychain: Keychain on macOS, Credential Vault on Windows, Secret Service on Linux. */
export class KeychainVault implements Vault {
  readonly kind = 'keychain';
  readonly #keychain: Keychain;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  #unanswered = 0;

  /** @param timeoutMs how long the keychain may wait for its password before that is said */
  constructor(keychain: Keychain, clock: Clock, timeoutMs = ANSWER_TIMEOUT_MS) {
    this.#keychain = keychain;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  get waiting(): boolean {
    return this.#unanswered > 0;
  }

  async read(address: string): Promise<Uint8Array | null> {
    const hex = await this.readText(address);
    if (hex === null) return null;
    if (!/^[0-9a-f]{64}$/.test(hex)) {
      throw new AppError('vault_corrupt', `The keychain's entry for ${address} is not a private key.`, {
        remedy: 'import_key',
        params: { address },
      });
    }
    return hexToBytes(hex);
  }

  async write(address: string, privateKey: Uint8Array): Promise<void> {
    await this.writeText(address, bytesToHex(privateKey));
  }

  async forget(address: string): Promise<void> {
    await this.forgetText(address);
  }

  readText(name: string): Promise<string | null> {
    return this.#ask(() => this.#keychain.getPassword(SERVICE, name));
  }

  async writeText(name: string, text: string): Promise<void> {
    await this.#ask(() => this.#keychain.setPassword(SERVICE, name, text));
    if ((await this.readText(name)) === text) return;
    throw new AppError('keychain_failed', 'The keychain took the secret but does not give it back.', {
      remedy: 'run_doctor',
    });
  }

  async forgetText(name: string): Promise<void> {
    await this.#ask(() => this.#keychain.deletePassword(SERVICE, name));
  }

  async #ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      // One that was given up on is not answered all the same.
      this.#unanswered += 1;
      const answer = call().finally(() => {
        this.#unanswered -= 1;
      });
      return await withinTime(answer, this.#clock, this.#timeoutMs);
    } catch (error) {
      throw error instanceof AppError ? error : mapKeychainError(error);
    }
  }
}

/** The Secret Service's and the platforms' words for what went wrong, mapped once. */
export function mapKeychainError(error: unknown): AppError {
  const text = error instanceof Error ? error.message : String(error);
  if (
    /transport|autolaunch|not provided by any|ServiceUnknown|Could not connect|No such file|DBUS|D-Bus/i.test(
      text,
    )
  ) {
    return unavailable(error);
  }
  if (/locked|dismissed|prompt|denied|cancel/i.test(text)) {
    return new AppError('keychain_locked', `The keychain is locked: ${text}. Unlock it and try again.`, {
      remedy: 'unlock_keychain',
      cause: error,
    });
  }
  return new AppError('keychain_failed', `The keychain refused: ${text}`, {
    remedy: 'run_doctor',
    params: { detail: text },
    cause: error,
  });
}

/** A locked keychain without anybody to unlock it waits for ever, without a word. */
function withinTime<T>(answer: Promise<T>, clock: Clock, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = clock.after(timeoutMs, () => {
      const seconds = timeoutMs / 1000;
      const message = `The keychain has not answered for ${seconds} s: it waits for its password. Unlock it and try again.`;
      reject(
        new AppError('keychain_locked', message, {
          remedy: 'unlock_keychain',
          params: { seconds },
        }),
      );
    });
    answer.then(resolve, reject).finally(callOff);
  });
}

function unavailable(cause: unknown): AppError {
  return new AppError(
    'keychain_unavailable',
    'This session has no keychain. Log in to a desktop session, or set CPC_MINER_PASSPHRASE to keep the key in an encrypted file.',
    { remedy: 'set_passphrase', cause },
  );
}
