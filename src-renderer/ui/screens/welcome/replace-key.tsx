import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { callMain } from '../../stores/call-main';

/** Gives up an address whose key is lost, for a new one: only once the person has said that they mean it. */
export function ReplaceKey({ lost }: { readonly lost: string }) {
  const { t } = useTranslation();
  const [isMeant, setIsMeant] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const replace = async () => {
    setBusy(true);
    const answer = await callMain(() => window.miner.replaceKey(lost));
    setError(answer.ok ? null : answer.error);
    setBusy(false);
  };
  return (
    <Card heading={t('welcome.replaceHeading')}>
      <div className="flex flex-col gap-3">
        <p>{t('welcome.replaceText')}</p>
        <div className="flex items-center justify-between gap-4">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              data-testid="key-replace-meant"
              checked={isMeant}
              onChange={(event) => setIsMeant(event.currentTarget.checked)}
            />
            {t('welcome.replaceMeant')}
          </label>
          <Button
            icon={KeyRound}
            busy={busy}
            disabled={!isMeant}
            data-testid="key-replace"
            onClick={() => void replace()}
          >
            {t('welcome.replace')}
          </Button>
        </div>
        {error !== null && <ErrorMessage report={error} />}
      </div>
    </Card>
  );
}
