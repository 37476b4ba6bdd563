import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { useRequest } from '../../stores/use-request';
import { TrailPart } from './trail-part';

/** Writes the receipt of a proved result, which anybody can check without this app, to a file of the person's choice. */
export function SaveReceipt({ taskId }: { readonly taskId: string }) {
  const { t } = useTranslation();
  const [path, setPath] = useState<string | null>(null);
  const { busy, error, send } = useRequest();
  const save = async () => {
    setPath(null);
    const answer = await send(() => window.miner.saveReceipt(taskId));
    if (answer.ok) setPath(answer.value.path);
  };
  return (
    <TrailPart heading={t('trail.receipt')}>
      <div className="flex flex-col items-start gap-2">
        <p className="text-muted">{t('trail.receiptText')}</p>
        <Button busy={busy} data-testid="receipt-save" onClick={() => void save()}>
          {t('trail.receiptSave')}
        </Button>
        {error !== null && <ErrorMessage report={error} />}
        <p role="status" data-testid="receipt-saved" className="break-words select-text empty:hidden">
          {path !== null && t('trail.receiptSaved', { path })}
        </p>
      </div>
    </TrailPart>
  );
}
