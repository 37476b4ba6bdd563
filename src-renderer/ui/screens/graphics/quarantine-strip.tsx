import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Moment } from '../../components/moment';
import { sendCommand } from '../../stores/send-command';
import { useLane } from '../../stores/state-store';

/** Says that the adapter is not used, since when and why, and lets it be used again. */
export function QuarantineStrip({ sinceMs }: { readonly sinceMs: number }) {
  const { t } = useTranslation();
  const id = useLane((lane) => lane.id);
  const [busy, setBusy] = useState(false);
  const release = async () => {
    setBusy(true);
    await sendCommand(() => window.miner.releaseAdapter(id));
    setBusy(false);
  };
  return (
    <section
      data-testid="quarantine"
      aria-label={t('graphics.quarantine')}
      className="flex shrink-0 items-center gap-4 rounded-md border border-danger bg-danger-soft px-4 py-3"
    >
      <ShieldAlert size={20} aria-hidden className="shrink-0 text-danger" />
      <div role="status" className="min-w-0 flex-1 select-text">
        <p className="font-semibold">
          <Trans i18nKey="graphics.quarantinedSince" components={{ time: <Moment atMs={sinceMs} /> }} />
        </p>
        <p>{t('graphics.quarantineWhy')}</p>
        <p>{t('graphics.quarantineRemedy')}</p>
      </div>
      <Button variant="primary" busy={busy} data-testid="release-adapter" onClick={() => void release()}>
        {t('graphics.useAgain')}
      </Button>
    </section>
  );
}
