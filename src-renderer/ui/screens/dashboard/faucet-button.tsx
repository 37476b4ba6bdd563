import { Check, Droplet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { amountText } from '../../formatting/amount';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

/** Tops the balance up on a development network: one click, busy until the chain has confirmed it. */
export function FaucetButton() {
  const { t, i18n } = useTranslation();
  const { available, state, amountUnits, error } = useAppState((state) => state.faucet);
  if (!available) return null;
  const busy = state === 'sending' || state === 'confirming';
  const idle =
    amountUnits === null
      ? t('dashboard.topUp')
      : t('dashboard.topUpAmount', { amount: amountText(amountUnits, i18n.language) });
  const words = {
    idle,
    sending: t('dashboard.faucetSending'),
    confirming: t('dashboard.faucetConfirming'),
    confirmed: idle,
    failed: idle,
  };
  return (
    <div className="mt-auto flex flex-col gap-2">
      {state === 'failed' && error !== null && <ErrorMessage report={error} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          icon={Droplet}
          busy={busy}
          data-testid="faucet-button"
          data-state={state}
          onClick={() => fireCommand(() => window.miner.topUp())}
        >
          {words[state]}
        </Button>
        <span role="status" className="flex items-center gap-1 text-accent">
          {state === 'confirmed' && (
            <>
              <Check size={15} aria-hidden className="shrink-0" />
              <span>{t('dashboard.faucetConfirmed')}</span>
            </>
          )}
        </span>
      </div>
    </div>
  );
}
