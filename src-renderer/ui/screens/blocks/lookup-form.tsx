import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { BlockQuery } from '../../../../src-shared/ipc/block-report';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';

const KINDS = ['latest', 'height', 'tx_hash', 'task_id'] as const;
type Kind = (typeof KINDS)[number];

type LookupFormProps = {
  readonly initial: BlockQuery;
  readonly busy: boolean;
  /** Why the last look-up failed; shown under the value. */
  readonly error: ErrorReport | null;
  readonly onEdit: () => void;
  readonly onLookUp: (query: BlockQuery) => void;
};

/** What to look a block up by. Main judges the value; its answer appears under the field. */
export function LookupForm({ initial, busy, error, onEdit, onLookUp }: LookupFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>(initial.by);
  const [value, setValue] = useState(initial.by === 'latest' ? '' : initial.value);
  return (
    <form
      className="flex shrink-0 items-start gap-3 rounded-md border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        onLookUp(kind === 'latest' ? { by: kind } : { by: kind, value });
      }}
    >
      <div className="w-48">
        <SelectField
          label={t('blocks.by')}
          testId="lookup-kind"
          value={kind}
          options={KINDS.map((option) => ({ value: option, text: t(`blocks.kind.${option}`) }))}
          onChange={(chosen) => {
            setKind(chosen);
            onEdit();
          }}
        />
      </div>
      <TextField
        label={t('blocks.value')}
        data-testid="lookup-value"
        className="font-mono text-xs"
        value={kind === 'latest' ? '' : value}
        disabled={kind === 'latest'}
        maxLength={LONGEST_PASTE}
        placeholder={t(`blocks.placeholder.${kind}`)}
        onChange={(event) => {
          setValue(event.target.value);
          onEdit();
        }}
        problem={error === null ? null : <ErrorMessage report={error} />}
        action={
          <Button type="submit" variant="primary" icon={Search} busy={busy} data-testid="lookup-submit">
            {t('blocks.submit')}
          </Button>
        }
      />
    </form>
  );
}
