import { useTranslation } from 'react-i18next';
import type { Check } from '../../../src-shared/ipc/task-row';
import { checkName } from '../formatting/check-name';
import { CheckMark } from './check-mark';
import { CheckValue } from './check-value';

type CheckListProps = {
  readonly checks: readonly Check[];
  readonly testId?: string;
};

/** Checks made on this machine, one a line; a failed one shows what was expected and what was found. */
export function CheckList({ checks, testId }: CheckListProps) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-col gap-1.5">
      {checks.map(({ name, ok, expected, actual }) => (
        <li key={name} data-testid={testId} data-name={name} data-ok={String(ok)} className="flex gap-2">
          <CheckMark ok={ok} />
          <div className="min-w-0">
            <p>{checkName(t, name)}</p>
            {ok === false && (
              <p className="flex flex-wrap gap-x-3 text-muted">
                <Told name={name} what={t('check.expected')} text={expected} />
                <Told name={name} what={t('check.actual')} text={actual} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

type ToldProps = { readonly name: string; readonly what: string; readonly text: string | null };

function Told({ name, what, text }: ToldProps) {
  if (text === null || text === '') return null;
  return (
    <span>
      {what} <CheckValue name={name} text={text} what={what} />
    </span>
  );
}
