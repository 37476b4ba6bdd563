import { AppError } from '../../src-shared/errors';
import { BUILT_IN_VALIDATOR } from '../../src-shared/jobs/built-in-validator';
import { plainText } from '../../src-shared/pasted-text';

/**
 * Reads a validator's address as a person types it: what it is connected to, and what its jobs are kept under.
 * `built-in` stands for that of the built-in development network.
 * @throws AppError `invalid_validator_url` saying what is wrong with it
 */
export function parseValidatorUrl(text: string): string {
  const trimmed = plainText(text);
  if (trimmed === BUILT_IN_VALIDATOR) return trimmed;
  if (!URL.canParse(trimmed))
    throw invalid(trimmed, 'it is not a URL such as ws://validator.example:8080/worker');
  const url = new URL(trimmed);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:')
    throw invalid(trimmed, 'it must begin with ws:// or wss://');
  if (url.username || url.password) throw invalid(trimmed, 'it must not hold a user name or password');
  if (url.hash) throw invalid(trimmed, 'it must not hold a #');
  return url.href;
}

/** @param text as it was typed; a password in it is not repeated */
function invalid(text: string, why: string): AppError {
  const value = text.replace(/\/\/[^/?#]*@/, '//…@').slice(0, 100);
  return new AppError('invalid_validator_url', `The validator's address "${value}" can't be used: ${why}.`, {
    remedy: 'fix_input',
    params: { value, why },
  });
}
