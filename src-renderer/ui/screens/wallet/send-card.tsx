import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import type { ReviewedOrder } from '../../../../src-shared/wallet/order';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { CheckField } from '../../components/check-field';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { withPoint } from '../../formatting/decimal-mark';
import { useRequest } from '../../stores/use-request';

type SendCardProps = {
  readonly from: string | null;
  readonly onReviewed: (reviewed: ReviewedOrder) => void;
};

/** What a person wants to send to whom: looked at by main, then shown to the digit before anything is signed. */
export function SendCard({ from, onReviewed }: SendCardProps) {
  const { t, i18n } = useTranslation();
  const [to, setTo] = useState('');
  const [amount, setAmount] = useState('');
  const [isAll, setIsAll] = useState(false);
  const { busy, error, send, forget } = useRequest();
  const review = async (event: FormEvent) => {
    event.preventDefault();
    if (from === null) return;
    const typed = isAll ? null : withPoint(amount, i18n.language);
    const answer = await send(() => window.miner.reviewOrder({ kind: 'transfer', from, to, amount: typed }));
    if (answer.ok) onReviewed(answer.value);
  };
  const problem = error === null ? null : <ErrorMessage report={error} />;
  const isOfAddress = error?.code === 'invalid_address';
  return (
    <Card heading={t('wallet.send')}>
      <form onSubmit={(event) => void review(event)} className="flex flex-col gap-2">
        <TextField
          label={t('wallet.recipient')}
          data-testid="send-to"
          maxLength={LONGEST_PASTE}
          className="font-mono"
          value={to}
          onChange={(event) => {
            setTo(event.target.value);
            forget();
          }}
          problem={isOfAddress ? problem : null}
        />
        <TextField
          label={t('wallet.amount')}
          data-testid="send-amount"
          inputMode="decimal"
          maxLength={LONGEST_PASTE}
          disabled={isAll}
          value={isAll ? '' : amount}
          placeholder={isAll ? t('wallet.everything') : ''}
          className="placeholder:text-muted"
          onChange={(event) => {
            setAmount(event.target.value);
            forget();
          }}
          problem={isOfAddress ? null : problem}
          action={
            <Button
              type="submit"
              variant="primary"
              busy={busy}
              disabled={from === null}
              data-testid="send-review"
            >
              {t('wallet.review')}
            </Button>
          }
        />
        <CheckField
          label={t('wallet.sendAll')}
          testId="send-all"
          checked={isAll}
          onChange={(chosen) => {
            setIsAll(chosen);
            forget();
          }}
        />
        <p className="text-xs text-muted">{t('wallet.sendNote')}</p>
      </form>
    </Card>
  );
}
