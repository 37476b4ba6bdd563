import { Link2, type LucideIcon, RefreshCw, Unlink } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import type { AppState } from '../../../../src-shared/state/state';
import { Button } from '../../components/button';
import { Elapsed } from '../../components/elapsed';
import { ErrorMessage } from '../../components/error-message';
import { Moment } from '../../components/moment';
import { goTo } from '../../stores/navigation-store';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

type Validator = NonNullable<AppState['jobs']['validator']>;

const LOOKS: Record<Validator['state'], { readonly icon: LucideIcon; readonly colour: string }> = {
  connecting: { icon: RefreshCw, colour: 'text-muted' },
  connected: { icon: Link2, colour: 'text-accent' },
  waiting: { icon: Unlink, colour: 'text-danger' },
};

const REFUSING: ReadonlySet<AppState['miner']['kind']> = new Set(['idle', 'paused', 'finishing']);

type ValidatorStateProps = {
  readonly validator: Validator;
  /** Leads to where a token is typed. */
  readonly onToken: () => void;
};

/** The connection's state and since when; where there is none, why, when it is tried again, and the way on. */
export function ValidatorState({ validator, onToken }: ValidatorStateProps) {
  const { t } = useTranslation();
  const { state, sinceMs, error, retryAtMs } = validator;
  const refuses = useAppState(({ miner }) => REFUSING.has(miner.kind));
  const { icon: Icon, colour } = LOOKS[state];
  return (
    <div className="flex flex-col gap-2">
      <p className={`flex items-center gap-1.5 text-base font-semibold ${colour}`}>
        <Icon size={16} aria-hidden className="shrink-0" />
        <span role="status" data-testid="validator-state" data-state={state}>
          {t(`jobs.connection.${state}`)}
        </span>
        <span className="text-sm font-normal text-muted">
          <Elapsed sinceMs={sinceMs} />
        </span>
      </p>
      {state === 'connected' && refuses && (
        <p data-testid="validator-turned-down" className="text-warning">
          {t('jobs.turnedDown')}
        </p>
      )}
      {error !== null && state !== 'connected' && <ErrorMessage report={error} over />}
      {state === 'waiting' && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {error?.code === 'validator_unauthorized' && (
            <Button variant="primary" data-testid="validator-to-token" onClick={onToken}>
              {t('jobs.token.enter')}
            </Button>
          )}
          <WayOn retryAtMs={retryAtMs} />
        </div>
      )}
    </div>
  );
}

/** Nothing tries again by itself where the built-in network is not the one in use: the settings say which is. */
function WayOn({ retryAtMs }: Pick<Validator, 'retryAtMs'>) {
  const { t } = useTranslation();
  const otherNode = useAppState(({ settings }) => settings.nodeUrl !== null);
  if (retryAtMs === null)
    return otherNode && <Button onClick={() => goTo('settings')}>{t('action.open_settings')}</Button>;
  return (
    <>
      <Button data-testid="validator-retry" onClick={() => fireCommand(() => window.miner.retryNow())}>
        {t('action.retry')}
      </Button>
      <span className="text-muted">
        <Trans i18nKey="miner.nextTry" components={{ time: <Moment atMs={retryAtMs} /> }} />
      </span>
    </>
  );
}
