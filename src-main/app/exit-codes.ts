import { familyOf } from '../../src-shared/error-codes';
import type { ErrorReport } from '../../src-shared/errors';

/** What the process says by its end, and when. A signal's is 128 and its number. */
export const EXIT_CODES = {
  done: { code: 0, when: 'the tasks and jobs it was to do are done, or it had no such goal' },
  failed: { code: 1, when: "it can't go on by itself; with --doctor: something is wrong" },
  usage: { code: 2, when: 'the command line is wrong' },
  // EX_CONFIG of sysexits.h.
  config: { code: 78, when: 'the settings file, the environment or a secret file is wrong' },
  signal: { code: 128, when: 'and N more: signal N ended it before its goal' },
} as const;

/** What a run that ends for an error ends with. */
export function exitCodeOf({ code }: Pick<ErrorReport, 'code'>): number {
  if (code === 'invalid_settings' || code === 'secret_exposed') return EXIT_CODES.config.code;
  // An address that was refused was typed wrong, though it shows only once the settings are known.
  if (code === 'insecure_node_url' || familyOf(code) === 'input') return EXIT_CODES.usage.code;
  return EXIT_CODES.failed.code;
}
