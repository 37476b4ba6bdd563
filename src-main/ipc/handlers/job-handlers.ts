import { parseValidatorUrl } from '../../jobs/validator-url';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** What validators want of this worker. */
export function jobHandlers({
  tokens,
}: Pick<Miner, 'tokens'>): Pick<Handlers, 'validator:keepToken' | 'validator:forgetToken'> {
  return {
    'validator:keepToken': ({ validator, token }) => tokens.keep(parseValidatorUrl(validator), token),
    'validator:forgetToken': ({ validator }) => tokens.forget(parseValidatorUrl(validator)),
  };
}
