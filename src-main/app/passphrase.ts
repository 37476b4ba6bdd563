import { readInput } from './read-input';

/** The variable that may hold it. */
export const PASSPHRASE_VARIABLE = 'CPC_MINER_PASSPHRASE';

/**
 * The passphrase of the key's file: from the file that the command line names, or from the environment, out of which it
 * is taken, so that no process that the app starts has it in its memory.
 * @returns undefined for none
 * @throws AppError `invalid_argument`, `secret_exposed`
 */
export async function takePassphrase(
  file: string | null,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = env[PASSPHRASE_VARIABLE];
  delete env[PASSPHRASE_VARIABLE];
  return file === null ? given : readInput('passphrase-file', file);
}
