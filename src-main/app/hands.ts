import { readFile } from 'node:fs/promises';
import { AppError, type ErrorReport } from '../../src-shared/errors';
import { LONGEST_PASTE } from '../../src-shared/pasted-text';
import { looksLikeBackup } from '../keys/key-backup';
import type { Miner } from '../open-miner';
import { writeFileAtomic } from '../storage/atomic-file';
import type { AppOptions } from './options';
import type { ReportEvent } from './reporter';

type Wanted = Pick<AppOptions, 'auto' | 'importKey' | 'backUpKey' | 'createKey' | 'acceptChain'>;

/** What a person does in the window with their hands, done for them because the command line says so. */
export class Hands {
  readonly #miner: Pick<Miner, 'account' | 'keys' | 'node'>;
  readonly #wanted: Wanted;
  readonly #tell: (event: ReportEvent) => void;
  /** The chain that was agreed to: once in a run, so that a node that goes on changing is not followed anywhere. */
  #accepted: string | null = null;

  constructor(
    miner: Pick<Miner, 'account' | 'keys' | 'node' | 'changes'>,
    wanted: Wanted,
    tell: (event: ReportEvent) => void,
  ) {
    this.#miner = miner;
    this.#wanted = wanted;
    this.#tell = tell;
    if (wanted.acceptChain) miner.changes.add((change) => change === 'node' && this.#acceptChain());
  }

  /** Whether something is being done about an error, so that nobody has to end for it. */
  isOnIt({ code, remedy, params }: ErrorReport): boolean {
    const { auto, acceptChain } = this.#wanted;
    // A key is made as soon as it is known that the network is one for development.
    if (code === 'key_missing') return auto && (this.#miner.node.session?.faucet.available ?? false);
    if (!acceptChain || remedy !== 'accept_chain') return false;
    return this.#accepted === null || this.#accepted === params.actual;
  }

  /**
   * Imports or makes the key; to be called once it is known whether there is one. A file to import is a private key as it
   * is, a key file of the chain's command line, or a sealed copy, as a person may choose from in the window.
   * @param read gives the text of a file, or of standard input where it is `-`
   * @param passphrase of the run, which opens a sealed copy too; undefined where none was given
   * @throws AppError `invalid_private_key`, `backup_*`, `key_exists`, `keychain_*`; `invalid_argument` without a passphrase
   * for a sealed copy; what `read` does
   */
  async bringKey(read: (file: string) => Promise<string>, passphrase: string | undefined): Promise<void> {
    const { account, keys } = this.#miner;
    const { importKey, createKey } = this.#wanted;
    if (importKey !== null) {
      const text = (await read(importKey)).slice(0, LONGEST_PASTE);
      if (looksLikeBackup(text)) await keys.restoreOwn(text, needed(passphrase, '--import-key', 'opens'));
      else await keys.importOwn(text);
    } else if (createKey && account.state.state === 'none') await keys.create();
  }

  /**
   * Keeps a sealed copy of the key, and opens it to see that it is one, as a person is asked to do in the window.
   * @param passphrase of the run; undefined where none was given
   * @throws AppError `invalid_argument` without a passphrase; `key_missing`, `keychain_*`, `disk_*`
   */
  async backUp(passphrase: string | undefined): Promise<void> {
    const { account, keys } = this.#miner;
    const { backUpKey } = this.#wanted;
    if (backUpKey === null) return;
    const seal = needed(passphrase, '--back-up-key', 'seals');
    const { address } = account.state;
    if (address === null) throw new AppError('key_missing', 'There is no key yet to keep a copy of.');
    await writeFileAtomic(backUpKey, await account.backUp(seal), 0o600);
    await keys.checkBackup(address, await readFile(backUpKey, 'utf8'), seal);
  }

  #acceptChain(): void {
    const { node } = this.#miner;
    const error = node.session?.head.error ?? null;
    if (this.#accepted !== null || error?.remedy !== 'accept_chain') return;
    const expected = String(error.params.expected);
    const actual = String(error.params.actual);
    this.#accepted = actual;
    this.#tell({ event: 'chain_accepted', expected, actual });
    node.required.acceptChain();
  }
}

function needed(passphrase: string | undefined, option: string, does: string): string {
  if (passphrase !== undefined && passphrase !== '') return passphrase;
  throw new AppError(
    'invalid_argument',
    `${option} takes the passphrase that ${does} the copy from --passphrase-file or CPC_MINER_PASSPHRASE, and there is none.`,
    { remedy: 'fix_input' },
  );
}
