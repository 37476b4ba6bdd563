import { useTranslation } from 'react-i18next';
import type { ReviewedOrder } from '../../../../src-shared/wallet/order';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';

type ReplaceOwnKeyProps = {
  readonly address: string;
  /** Everything is to go to the new key, which then takes over. */
  readonly onSweep: (reviewed: ReviewedOrder, successor: string) => void;
};

/** Makes a new key and moves everything to it; with nothing to move the new one takes over at once. */
export function ReplaceOwnKey({ address, onSweep }: ReplaceOwnKeyProps) {
  const { t } = useTranslation();
  const others = useAppState((state) => state.key.keys);
  const { busy, error, send } = useRequest();
  const rotate = async () => {
    // One that was made for this before, and has taken over nothing yet, is not made again.
    const spare = others.find((key) => key.name === t('wallet.successor') && key.address !== address);
    const made = spare ?? (await madeNew());
    if (made === null) return;
    const review = await send(() =>
      window.miner.reviewOrder({ kind: 'transfer', from: address, to: made.address, amount: null }),
    );
    if (review.ok) onSweep(review.value, made.address);
    else if (review.error.code === 'order_not_covered')
      await send(() => window.miner.switchKey(made.address));
  };
  const madeNew = async () => {
    const made = await send(() => window.miner.createKey(t('wallet.successor')));
    return made.ok ? made.value : null;
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
