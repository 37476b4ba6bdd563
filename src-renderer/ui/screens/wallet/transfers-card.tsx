import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferRow } from '../../../../src-shared/wallet/activity';
import { Amount } from '../../components/amount';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { Elapsed } from '../../components/elapsed';
import { EmptyState } from '../../components/empty-state';
import { SideScroll } from '../../components/side-scroll';
import { TaskStateChip } from '../../components/task-state-chip';
import { errorText } from '../../formatting/error-text';
import { formatInteger } from '../../formatting/number';
import { openBlock } from '../../stores/navigation-store';

const SHOWN_FIRST = 8;

const COLUMNS = [
  { key: 'direction', width: 'w-[16%]', numeric: false },
  { key: 'counterparty', width: 'w-[20%]', numeric: false },
  { key: 'amount', width: 'w-[21%]', numeric: true },
  { key: 'state', width: 'w-[15%]', numeric: false },
  { key: 'transaction', width: 'w-[19%]', numeric: false },
  { key: 'age', width: 'w-[9%]', numeric: true },
] as const;

type TransfersCardProps = { readonly address: string | null; readonly transfers: readonly TransferRow[] };

/** What came and went: under way first, then what verified blocks have. */
export function TransfersCard({ address, transfers }: TransfersCardProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? transfers : transfers.slice(0, SHOWN_FIRST);
  return (
    <Card heading={t('wallet.transfers')}>
      {transfers.length === 0 ? (
        <EmptyState title={t('wallet.noTransfers')} hint={t('wallet.noTransfersHint')} />
      ) : (
        <SideScroll>
          <table
            aria-label={t('wallet.transfers')}
            className="w-full narrow:min-w-[46rem] table-fixed border-collapse max-[959px]:text-xs [&_tr>*]:px-1.5 [&_tr>:nth-child(4)]:pl-5"
          >
            <thead>
              <tr className="h-8">
                {COLUMNS.map(({ key, width, numeric }) => (
                  <th
                    key={key}
                    scope="col"
                    className={`${width} border-b border-line font-medium text-muted ${numeric ? 'text-right' : 'text-left'}`}
                  >
                    {t(`wallet.column.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((transfer) => (
                <Row key={`${transfer.height} ${transfer.txHash}`} transfer={transfer} address={address} />
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
      {transfers.length > shown.length && (
        <Button
          variant="link"
          className="mt-2 self-start"
          data-testid="transfers-all"
          onClick={() => setAll(true)}
        >
          {t('wallet.showAll', { count: transfers.length })}
        </Button>
      )}
    </Card>
  );
}

function Row({ transfer, address }: { readonly transfer: TransferRow; readonly address: string | null }) {
  const { t, i18n } = useTranslation();
  const { from, to, amountUnits, atMs, height, state, reason, txHash } = transfer;
  const isOut = from === address;
  const Icon = isOut ? ArrowUpRight : ArrowDownLeft;
  return (
    <tr
      data-testid="transfer-row"
      data-tx-hash={txHash}
      data-state={state ?? 'in_block'}
      className="h-9 border-b border-line"
    >
      <td>
        <span className="inline-flex items-center gap-1.5">
          <Icon size={14} aria-hidden className="shrink-0 text-muted" />
          {t(isOut ? (to === from ? 'wallet.toSelf' : 'wallet.outgoing') : 'wallet.incoming')}
        </span>
      </td>
      <td>
        <Copyable text={isOut ? to : from} what={t('wallet.address')} />
      </td>
      <td className="text-right">
        <Amount units={amountUnits} />
      </td>
      <td>
        {state === null || height !== null ? (
          <Button
            variant="link"
            onClick={() => openBlock({ by: 'height', value: String(height) })}
            aria-label={t('wallet.openBlock', { height: height ?? 0 })}
          >
            {formatInteger(height ?? 0, i18n.language)}
          </Button>
        ) : (
          <span title={reason === null ? undefined : errorText(t, reason, i18n.language)}>
            <TaskStateChip state={state} />
          </span>
        )}
      </td>
      <td>{txHash === '' ? t('app.none') : <Copyable text={txHash} what={t('trail.txHash')} />}</td>
      <td className="text-right">
        <Elapsed sinceMs={atMs} />
      </td>
    </tr>
  );
}
