import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BUILT_IN_VALIDATOR } from '../../../../src-shared/jobs/built-in-validator';
import { JOB_LIMITS } from '../../../../src-shared/jobs/limits';
import { newTaskSchema } from '../../../../src-shared/jobs/market';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { formatInteger } from '../../formatting/number';
import { parseWholeNumber } from '../../formatting/whole-numbers';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';

const LONGEST = 32;
const SIZES = { least: 1, most: JOB_LIMITS.matrixSize };
const ITERATIONS = { least: 1, most: JOB_LIMITS.iterations };

/** Offers a task on the built-in network's market, to see it come back as a job. */
export function MarketCard() {
  const { t, i18n } = useTranslation();
  const inUse = useAppState(({ settings }) => settings.validatorUrl === BUILT_IN_VALIDATOR);
  const [size, setSize] = useState('256');
  const [iterations, setIterations] = useState('1');
  const [reward, setReward] = useState('10');
  const [taskId, setTaskId] = useState<string | null>(null);
  const { busy, error, send, forget } = useRequest();
  const matrixSize = parseWholeNumber(size, SIZES);
  const count = parseWholeNumber(iterations, ITERATIONS);
  // Both decimal marks are understood.
  const amount = newTaskSchema.shape.reward.safeParse(reward.trim().replace(',', '.'));
  const edited = (set: (text: string) => void) => (text: string) => {
    set(text);
    setTaskId(null);
    forget();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (matrixSize === null || count === null || !amount.success) return;
    const task = { matrixSize, iterations: count, reward: amount.data };
    const answer = await send(() => window.miner.createTask(task));
    setTaskId(answer.ok ? answer.value.taskId : null);
  };
  const wholeUpTo = (most: number) => t('jobs.limitInvalid', { most: formatInteger(most, i18n.language) });
  return (
    <Card heading={t('jobs.market.heading')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
        <p className="text-muted">{t('jobs.market.text')}</p>
        <div className="flex flex-wrap gap-3 [&>*]:min-w-28">
          <NumberField
            label={t('settings.matrixSize')}
            testId="market-size"
            value={size}
            onType={edited(setSize)}
            problem={matrixSize === null ? wholeUpTo(SIZES.most) : null}
          />
          <NumberField
            label={t('jobs.market.iterations')}
            testId="market-iterations"
            value={iterations}
            onType={edited(setIterations)}
            problem={count === null ? wholeUpTo(ITERATIONS.most) : null}
          />
          <NumberField
            label={t('jobs.market.reward')}
            testId="market-reward"
            value={reward}
            onType={edited(setReward)}
            problem={amount.success ? null : t('jobs.market.rewardInvalid')}
          />
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button
            type="submit"
            busy={busy}
            disabled={matrixSize === null || count === null || !amount.success}
            data-testid="market-create"
          >
            {t('jobs.market.create')}
          </Button>
          <span role="status" data-testid="market-created" className="empty:hidden">
            {taskId !== null && (
              <>
                {t('jobs.market.created')} <Copyable text={taskId} what={t('trail.taskId')} />
              </>
            )}
          </span>
        </div>
        {error !== null && <ErrorMessage report={error} />}
        {!inUse && (
          <div className="flex flex-col items-start gap-2">
            <p className="text-muted">{t('jobs.market.notInUse')}</p>
            <Button
              data-testid="market-use-built-in"
              onClick={() =>
                fireCommand(() => window.miner.updateSettings({ validatorUrl: BUILT_IN_VALIDATOR }))
              }
            >
              {t('jobs.market.useBuiltIn')}
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly problem: string | null;
};

function NumberField({ label, testId, value, onType, problem }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      data-testid={testId}
      inputMode="decimal"
      maxLength={LONGEST}
      value={value}
      onChange={(event) => onType(event.target.value)}
      problem={problem}
    />
  );
}
