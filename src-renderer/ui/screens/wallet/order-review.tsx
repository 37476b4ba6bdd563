import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order, ReviewedOrder, SentOrder } from '../../../../src-shared/wallet/order';
import { Button } from '../../components/button';
import { Copyable } from '../../components/copyable';
import { Drawer } from '../../components/drawer';
import { ErrorMessage } from '../../components/error-message';
import { KeptFocus } from '../../components/kept-focus';
import { cpcText } from '../../formatting/amount';
import { useRequest } from '../../stores/use-request';

type OrderReviewProps = {
  readonly reviewed: ReviewedOrder;
  readonly onSent: () => void;
  readonly onClose: () => void;
};

/** An order to the digit, as it is going to be signed; the one place where a person agrees to it. */
export function OrderReview({ reviewed, onSent, onClose }: OrderReviewProps) {
  const { t } = useTranslation();
  const { order } = reviewed;
  const [sent, setSent] = useState<SentOrder | null>(null);
  const { busy, error, send } = useRequest();
  const agree = async () => {
    const answer = await send(() => window.miner.sendOrder(order));
    if (!answer.ok) return;
    setSent(answer.value);
    onSent();
  };
  return (
    <Drawer heading={t(`wallet.reviewHeading.${order.kind}`)} testId="order-review" onClose={onClose}>
      <Terms reviewed={reviewed} />
      <KeptFocus className="flex flex-col gap-5">
        {sent === null ? (
          <>
            <p className="text-muted">{t('wallet.reviewNote')}</p>
            {error !== null && <ErrorMessage report={error} />}
            <div className="flex gap-2">
              <Button variant="primary" busy={busy} data-testid="order-send" onClick={() => void agree()}>
                {t(`wallet.agree.${order.kind}`)}
              </Button>
              <Button data-testid="order-cancel" onClick={onClose}>
                {t('wallet.cancel')}
              </Button>
            </div>
          </>
        ) : (
          <div role="status" data-testid="order-sent" className="flex flex-col items-start gap-2">
            <p className="font-medium">{t(sent.arrived ? 'wallet.arrived' : 'wallet.unknown')}</p>
            <Copyable text={sent.txHash} what={t('trail.txHash')} />
            <Button data-testid="order-close" onClick={onClose}>
              {t('app.close')}
            </Button>
          </div>
        )}
      </KeptFocus>
    </Drawer>
  );
}

function Terms({ reviewed: { order, leftUnits, recipientName } }: { readonly reviewed: ReviewedOrder }) {
  const { t } = useTranslation();
  return (
    <dl className="flex flex-col gap-3">
      <Term name={t('wallet.from')}>
        <Copyable text={order.from} what={t('wallet.address')} wrapped />
      </Term>
      {order.kind === 'transfer' ? (
        <>
          <Term name={t('wallet.to')}>
            {recipientName !== null && (
              <p>
                {recipientName === '' ? t('wallet.ownKey') : t('wallet.ownKeyNamed', { name: recipientName })}
              </p>
            )}
            <Copyable text={order.to} what={t('wallet.address')} wrapped />
          </Term>
          <Term name={t('wallet.amountSent')}>
            <Exact units={order.amountUnits} testId="review-amount" />
          </Term>
        </>
      ) : (
        <>
          <Term name={t('trail.taskId')}>
            <Copyable text={order.taskId} what={t('trail.taskId')} wrapped />
          </Term>
          <Term name={t('trail.resultHash')}>
            <Copyable text={order.resultHash} what={t('trail.resultHash')} wrapped />
          </Term>
        </>
      )}
      <Term name={t('wallet.fee')}>
        <Exact units={order.feeUnits} testId="review-fee" />
      </Term>
      <Term name={t('wallet.total')}>
        <Exact units={totalOf(order)} testId="review-total" />
      </Term>
      <Term name={t('wallet.left')}>
        <Exact units={leftUnits} testId="review-left" />
      </Term>
      <Term name={t('wallet.chain')}>{order.chainId}</Term>
    </dl>
  );
}

function totalOf(order: Order): string {
  const amount = order.kind === 'transfer' ? BigInt(order.amountUnits) : 0n;
  return String(amount + BigInt(order.feeUnits));
}

function Term({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd className="break-words select-text">{children}</dd>
    </div>
  );
}

/** Every digit that is signed. */
function Exact({ units, testId }: { readonly units: string; readonly testId: string }) {
  const { i18n } = useTranslation();
  return (
    <span data-testid={testId} data-units={units} className="font-semibold">
      {cpcText(units, i18n.language)}
    </span>
  );
}
