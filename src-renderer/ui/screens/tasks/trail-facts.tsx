import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../../src-shared/ipc/task-row';
import { Amount } from '../../components/amount';
import { Copyable } from '../../components/copyable';
import { Fact, Facts } from '../../components/facts';
import { formatInteger } from '../../formatting/number';
import { openBlock } from '../../stores/navigation-store';

/** The plain facts of a task; what is not known yet is left out. */
export function TrailFacts({ task }: { readonly task: TaskRow }) {
  const { t, i18n } = useTranslation();
  const integer = (value: number) => formatInteger(value, i18n.language);
  const { txHash, resultHash, engine, feeUnits, accountNonce, confirmedHeight, confirmedTxIndex } = task;
  return (
    <Facts>
      <Fact name={t('trail.taskId')}>
        <Copyable text={task.taskId} what={t('trail.taskId')} />
      </Fact>
      {task.byHand ? (
        <Fact name={t('trail.engine')}>{t('tasks.byHand')}</Fact>
      ) : (
        <>
          <Fact name={t('trail.blockHash')}>
            <Copyable text={task.blockHash} what={t('trail.blockHash')} />
          </Fact>
          <Fact name={t('trail.matrixSize')}>{integer(task.matrixSize)}</Fact>
          {engine !== null && <Fact name={t('trail.engine')}>{t(`engine.${engine}`)}</Fact>}
          <Fact name={t('trail.taskNonce')}>{task.taskNonce}</Fact>
        </>
      )}
      {resultHash !== null && (
        <Fact name={t('trail.resultHash')}>
          <Copyable text={resultHash} what={t('trail.resultHash')} />
        </Fact>
      )}
      {txHash !== null && (
        <Fact name={t('trail.txHash')}>
          <Copyable text={txHash} what={t('trail.txHash')} />
        </Fact>
      )}
      {accountNonce !== null && <Fact name={t('trail.accountNonce')}>{accountNonce}</Fact>}
      {feeUnits !== null && (
        <Fact name={t('trail.fee')}>
          <Amount units={feeUnits} />
        </Fact>
      )}
      {confirmedHeight !== null && (
        <Fact name={t('trail.inBlock')}>
          <button
            type="button"
            onClick={() => openBlock({ by: 'height', value: String(confirmedHeight) })}
            className="rounded text-accent underline underline-offset-2"
          >
            {confirmedTxIndex === null
              ? integer(confirmedHeight)
              : t('trail.inBlockValue', { height: integer(confirmedHeight), index: confirmedTxIndex })}
          </button>
        </Fact>
      )}
    </Facts>
  );
}
