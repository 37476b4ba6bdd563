import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import type { ReviewedOrder } from '../../../../src-shared/wallet/order';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

type ResultCardProps = {
  readonly from: string | null;
  readonly onReviewed: (reviewed: ReviewedOrder) => void;
};

/** A result that a person has from elsewhere, as the chain's command line takes one: task id and result hash. */
export function ResultCard({ from, onReviewed }: ResultCardProps) {
  const { t } = useTranslation();
  const [taskId, setTaskId] = useState('');
  const [resultHash, setResultHash] = useState('');
  const { busy, error, send, forget } = useRequest();
  const review = async (event: FormEvent) => {
    event.preventDefault();
    if (from === null) return;
    const answer = await send(() => window.miner.reviewOrder({ kind: 'result', from, taskId, resultHash }));
    if (answer.ok) onReviewed(answer.value);
  };
  const problem = error === null ? null : <ErrorMessage report={error} />;
  const isOfTask = error?.code === 'invalid_task_id' || error?.code === 'task_known';
  return (
    <Card heading={t('wallet.byHand')}>
      <form onSubmit={(event) => void review(event)} className="flex flex-col gap-2">
        <TextField
          label={t('trail.taskId')}
          data-testid="result-task-id"
          maxLength={LONGEST_PASTE}
          className="font-mono"
          value={taskId}
          onChange={(event) => {
            setTaskId(event.target.value);
            forget();
          }}
          problem={isOfTask ? problem : null}
        />
        <TextField
          label={t('trail.resultHash')}
          data-testid="result-hash"
          maxLength={LONGEST_PASTE}
          className="font-mono"
          value={resultHash}
          onChange={(event) => {
            setResultHash(event.target.value);
            forget();
          }}
          problem={isOfTask ? null : problem}
          action={
            <Button type="submit" busy={busy} disabled={from === null} data-testid="result-review">
              {t('wallet.review')}
            </Button>
          }
        />
        <p className="text-xs text-muted">{t('wallet.byHandNote')}</p>
      </form>
    </Card>
  );
}
