import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { CheckField } from '../../components/check-field';
import { ErrorMessage } from '../../components/error-message';
import { useRequest } from '../../stores/use-request';

type ForgetKeyProps = {
  readonly address: string;
  readonly kept: boolean;
  readonly onForgotten: () => void;
};

/** Lets go of a key for good, once the person has said that they mean it. */
export function ForgetKey({ address, kept, onForgotten }: ForgetKeyProps) {
  const { t } = useTranslation();
  const [isMeant, setIsMeant] = useState(false);
  const { busy, error, send } = useRequest();
  const go = async () => {
    const answer = await send(() => window.miner.forgetKey(address));
    if (answer.ok) onForgotten();
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-muted">{t(kept ? 'wallet.forgetKept' : 'wallet.forgetNotKept')}</p>
      <CheckField
        label={t(kept ? 'wallet.forgetMeant' : 'wallet.forgetLost')}
        testId="key-forget-meant"
        checked={isMeant}
        onChange={setIsMeant}
      />
      <Button busy={busy} disabled={!isMeant} data-testid="key-forget" onClick={() => void go()}>
        {t('wallet.forget')}
      </Button>
      {error !== null && <ErrorMessage report={error} />}
    </div>
  );
}
