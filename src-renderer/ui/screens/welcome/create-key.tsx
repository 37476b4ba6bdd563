import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { useRequest } from '../../stores/use-request';
import { type BeforeKey, keepStep } from './first-run-step';

/** Makes a new key. When it is done the snapshot says so, and this screen goes away. */
export function CreateKey({ next }: BeforeKey) {
  const { t } = useTranslation();
  const { busy, error, send } = useRequest();
  return (
    <Card heading={t('welcome.createHeading')}>
      <div className="flex items-center justify-between gap-4 narrow:flex-wrap">
        <p>{t('welcome.createText')}</p>
        <Button
          variant="primary"
          icon={KeyRound}
          busy={busy}
          data-testid="key-create"
          onClick={() => void send(() => keepStep(next, () => window.miner.createKey()))}
        >
          {t('welcome.create')}
        </Button>
      </div>
      {error !== null && <ErrorMessage report={error} />}
    </Card>
  );
}
