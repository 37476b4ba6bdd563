import { useTranslation } from 'react-i18next';
import type { BlockResult } from '../../../../src-shared/ipc/block-report';
import { Copyable } from '../../components/copyable';
import { MerklePath } from '../../components/merkle-path';
import { AuditResult } from './audit-result';

type BlockResultItemProps = {
  readonly result: BlockResult;
  /** Height of the block that holds it. */
  readonly height: number;
};

/** One result of a block: whose it is, its ids, its path to compute_root, and an audit on request. */
export function BlockResultItem({ result, height }: BlockResultItemProps) {
  const { t } = useTranslation();
  const { mine, txIndex, txHash, taskId, workerAddress, resultHash, inclusion } = result;
  const ids = [
    { key: 'worker', value: workerAddress },
    { key: 'task', value: taskId },
    { key: 'result', value: resultHash },
    { key: 'transaction', value: txHash },
  ] as const;
  return (
    <li
      data-testid="block-result"
      data-mine={mine}
      data-tx-hash={txHash}
      className={`flex flex-col gap-2 border-t border-line px-3 py-3 first:border-t-0 ${
        mine ? 'rounded bg-accent-soft' : ''
      }`}
    >
      <div className="grid grid-cols-[4rem_repeat(4,minmax(0,1fr))] items-end gap-3">
        <p className="flex flex-col">
          <span className="text-muted">#{txIndex}</span>
          {mine && <span className="font-medium text-accent">{t('blocks.mine')}</span>}
        </p>
        {ids.map(({ key, value }) => (
          <p key={key} className="flex min-w-0 flex-col items-start">
            <span className="text-xs text-muted">{t(`blocks.${key}`)}</span>
            <Copyable text={value} what={t(`blocks.${key}`)} />
          </p>
        ))}
      </div>
      <AuditResult height={height} txHash={txHash} />
      <details>
        <summary className="w-fit rounded text-accent underline underline-offset-2">
          {t('blocks.showPath')}
        </summary>
        <div className="pt-2 pl-1">
          <MerklePath inclusion={inclusion} />
        </div>
      </details>
    </li>
  );
}
