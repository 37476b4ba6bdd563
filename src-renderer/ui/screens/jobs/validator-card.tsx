import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BUILT_IN_VALIDATOR } from '../../../../src-shared/jobs/built-in-validator';
import { Card } from '../../components/card';
import { useAppState } from '../../stores/state-store';
import { TokenForm } from './token-form';
import { ValidatorChoice } from './validator-choice';
import { ValidatorState } from './validator-state';

/** Which validator hands out jobs, and how the connection to it stands. */
export function ValidatorCard() {
  const { t } = useTranslation();
  const validator = useAppState((state) => state.jobs.validator);
  const token = useRef<HTMLInputElement>(null);
  return (
    <Card heading={t('jobs.validator')}>
      <div className="flex flex-col gap-3">
        {validator === null ? (
          <p data-testid="validator-none" className="text-muted">
            {t('jobs.what')} {t('jobs.costs')}
          </p>
        ) : (
          <ValidatorState validator={validator} onToken={() => token.current?.focus()} />
        )}
        <ValidatorChoice />
        {validator !== null && validator.url !== BUILT_IN_VALIDATOR && (
          <TokenForm key={validator.url} validator={validator} input={token} />
        )}
      </div>
    </Card>
  );
}
