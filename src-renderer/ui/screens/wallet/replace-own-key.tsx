import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewedOrder } from '../../../../src-shared/wallet/order';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { useRequest } from '../../stores/use-request';

type ReplaceOwnKeyProps = {
  readonly address: string;
  /** Everything is to go to the new key, which then takes over. */
  readonly onSweep: (reviewed: ReviewedOrder, successor: string) => void;
};

/** Makes a new key and moves everything to it; with nothing to move the new one takes over at once. */
export function ReplaceOwnKey({ address, onSweep }: ReplaceOwnKeyProps) {
  const { t } = useTranslation();
  // One that was made just now is not made again where the node was gone in between. Never one that was there before:
  // it may be the very key that was replaced.
  const successor = useRef<string | null>(null);
  const { busy, error, send } = useRequest();
  const rotate = async () => {
    const to = successor.current ?? (await made());
    if (to === null) return;
    const review = await send(() =>
      window.miner.reviewOrder({ kind: 'transfer', from: address, to, amount: null }),
    );
    if (review.ok) onSweep(review.value, to);
    else if (review.error.code === 'order_not_covered') await send(() => window.miner.switchKey(to));
  };
  const made = async () => {
    const answer = await send(() => window.miner.createKey(t('wallet.successor')));
    successor.current = answer.ok ? answer.value.address : null;
    return successor.current;
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-muted">{t('wallet.rotateText')}</p>
      <Button busy={busy} data-testid="key-rotate" onClick={() => void rotate()}>
        {t('wallet.rotate')}
      </Button>
      {error !== null && <ErrorMessage report={error} />}
    </div>
  );
}
