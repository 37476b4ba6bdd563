import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewedOrder } from '../../../../src-shared/wallet/order';
import { ErrorMessage } from '../../components/error-message';
import { Screen } from '../../components/screen';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';
import { AddKeyDrawer } from './add-key-drawer';
import { BalanceCard } from './balance-card';
import { KeyDrawer } from './key-drawer';
import { KeysCard } from './keys-card';
import { OrderReview } from './order-review';
import { ReceiveCard } from './receive-card';
import { ResultCard } from './result-card';
import { SendCard } from './send-card';
import { TransfersCard } from './transfers-card';
import { useAccountReport } from './use-account-report';

/** What lies over the screen. */
type Open =
  | { readonly kind: 'key'; readonly address: string }
  | { readonly kind: 'add' }
  /** `successor` takes over from the key in use once the order is sent. */
  | { readonly kind: 'review'; readonly reviewed: ReviewedOrder; readonly successor: string | null };

/** What the address holds and did, what can be sent from it, and the keys. */
export function Wallet() {
  const { t } = useTranslation();
  const address = useAppState((state) => state.key.address);
  const { report, error } = useAccountReport(address);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const review = (reviewed: ReviewedOrder) => setOpen({ kind: 'review', reviewed, successor: null });
  return (
    <Screen heading={t('nav.wallet')}>
      <div className="min-h-0 flex-1 overflow-y-auto narrow:overflow-visible px-4 pb-4">
        <div className="grid grid-cols-2 narrow:grid-cols-1 gap-3">
          <BalanceCard report={report} />
          <ReceiveCard address={address} />
          <SendCard from={address} onReviewed={review} />
          <ResultCard from={address} onReviewed={review} />
          <div className="col-span-2 narrow:col-span-1 flex min-w-0 flex-col gap-3">
            {error !== null && <ErrorMessage report={error} />}
            <TransfersCard address={address} transfers={report?.transfers ?? []} />
            <KeysCard
              onOpen={(chosen) => setOpen({ kind: 'key', address: chosen })}
              onAdd={() => setOpen({ kind: 'add' })}
            />
          </div>
        </div>
      </div>
      {open?.kind === 'key' && (
        <KeyDrawer
          address={open.address}
          onClose={close}
          onSweep={(reviewed, successor) => setOpen({ kind: 'review', reviewed, successor })}
        />
      )}
      {open?.kind === 'add' && <AddKeyDrawer onClose={close} />}
      {open?.kind === 'review' && (
        <OrderReview
          key={open.reviewed.order.orderId}
          reviewed={open.reviewed}
          onClose={close}
          onSent={() => {
            const { successor } = open;
            if (successor !== null) fireCommand(() => window.miner.switchKey(successor));
          }}
        />
      )}
    </Screen>
  );
}
