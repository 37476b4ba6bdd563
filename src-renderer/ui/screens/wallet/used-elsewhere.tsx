import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../../components/copyable';
import { Moment } from '../../components/moment';
import { useAppState } from '../../stores/state-store';

/** Says that another program makes transactions with this key, and what that means; nothing while none does. */
export function UsedElsewhere() {
  const { t } = useTranslation();
  const seen = useAppState((state) => state.key.usedElsewhere);
  if (seen === null) return null;
  return (
    <div role="status" data-testid="used-elsewhere" className="mt-2 flex gap-2 border-t border-line pt-2">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
      <div className="min-w-0">
        <p className="font-medium">
          {t('wallet.usedElsewhere', { height: seen.height })} · <Moment atMs={seen.atMs} />
        </p>
        <p className="text-muted">{t('wallet.usedElsewhereHelp')}</p>
        <Copyable text={seen.txHash} what={t('wallet.usedElsewhereTx')} />
      </div>
    </div>
  );
}
