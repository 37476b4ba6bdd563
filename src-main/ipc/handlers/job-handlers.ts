import { AppError } from '../../../src-shared/errors';
import type { Clock } from '../../clock/clock';
import type { BuiltInMarket } from '../../jobs/built-in-market';
import { createTask } from '../../jobs/market-client';
import { parseValidatorUrl } from '../../jobs/validator-url';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** What validators want of this worker, and the market to try them. */
export function jobHandlers(
  { tokens, builtInMarket }: Pick<Miner, 'tokens' | 'builtInMarket'>,
  clock: Clock,
): Pick<Handlers, `validator:${'keepToken' | 'forgetToken'}` | 'market:create'> {
  return {
    'validator:keepToken': ({ validator, token }) => tokens.keep(parseValidatorUrl(validator), token),
    'validator:forgetToken': ({ validator }) => tokens.forget(parseValidatorUrl(validator)),
    'market:create': async (task) => ({ taskId: await createTask(marketOf(builtInMarket), task, clock) }),
  };
}

function marketOf({ market }: BuiltInMarket): string {
  if (market !== null) return market;
  throw new AppError('market_unreachable', 'The built-in development network has no market at present.', {
    remedy: 'retry',
  });
}
