import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { CheckField } from '../../components/check-field';
import { ErrorMessage } from '../../components/error-message';
import { KeptFocus } from '../../components/kept-focus';
import { sendCommand } from '../../stores/send-command';
import { useRequest } from '../../stores/use-request';

// As long as it stays on the clipboard.
const SHOWN_MS = 60_000;

/** Shows a private key for a minute, once the person has said that nobody looks on. */
export function RevealKey({ address }: { readonly address: string }) {
  return (
    <KeptFocus>
      <Revealed address={address} />
    </KeptFocus>
  );
}

function Revealed({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const [isMeant, setIsMeant] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const { busy, error, send } = useRequest();
  useEffect(() => {
    if (shown === null) return;
    const timer = window.setTimeout(() => setShown(null), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [shown]);
  const reveal = async () => {
    const answer = await send(() => window.miner.revealKey(address));
    setIsMeant(false);
    if (answer.ok) setShown(answer.value.privateKey);
  };
  if (shown !== null)
    return (
      <div className="flex flex-col items-start gap-2">
        <code data-testid="key-shown" className="rounded bg-raised p-2 font-mono break-all select-text">
          {shown.match(/.{1,8}/g)?.join(' ')}
        </code>
        <p className="text-muted">{t('wallet.revealed')}</p>
        <div className="flex gap-2">
          <Button
            data-testid="key-copy"
            onClick={() => void sendCommand(() => window.miner.copySecret(shown))}
          >
            {t('wallet.copyKey')}
          </Button>
          <Button data-testid="key-hide" onClick={() => setShown(null)}>
            {t('wallet.hideKey')}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-muted">{t('wallet.revealText')}</p>
      <CheckField
        label={t('wallet.revealMeant')}
        testId="key-reveal-meant"
        checked={isMeant}
        onChange={setIsMeant}
      />
      <Button busy={busy} disabled={!isMeant} data-testid="key-reveal" onClick={() => void reveal()}>
        {t('wallet.reveal')}
      </Button>
      {error !== null && <ErrorMessage report={error} />}
    </div>
  );
}
