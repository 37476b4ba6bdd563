import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { useRequest } from '../../stores/use-request';

/**
 * Gives up an address whose key is lost, for a new one: only once the person has said that they mean it. Null for an
 * address of which not even that much can be read.
 */
export function ReplaceKey({ lost }: { readonly lost: string | null }) {
  const { t } = useTranslation();
  const [isMeant, setIsMeant] = useState(false);
  const { busy, error, send } = useRequest();
  return (
    <Card heading={t('welcome.replaceHeading')}>
      <div className="flex flex-col gap-3">
        <p>{t('welcome.replaceText')}</p>
        <div className="flex items-center justify-between gap-4 narrow:flex-wrap">
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
            onClick={() => void send(() => window.miner.replaceKey(lost))}
          >
            {t('welcome.replace')}
          </Button>
        </div>
        {error !== null && <ErrorMessage report={error} />}
      </div>
    </Card>
  );
}
