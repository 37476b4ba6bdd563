import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { callMain } from '../../stores/call-main';

/** Makes a new key. When it is done the snapshot says so, and this screen goes away. */
export function CreateKey() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const create = async () => {
    setBusy(true);
    const answer = await callMain(() => window.miner.createKey());
    setError(answer.ok ? null : answer.error);
    setBusy(false);
  };
  return (
    <Card heading={t('welcome.createHeading')}>
      <div className="flex items-center justify-between gap-4">
        <p>{t('welcome.createText')}</p>
        <Button
          variant="primary"
          icon={KeyRound}
          busy={busy}
          data-testid="key-create"
          onClick={() => void create()}
        >
          {t('welcome.create')}
        </Button>
      </div>
      {error !== null && <ErrorMessage report={error} />}
    </Card>
  );
}
