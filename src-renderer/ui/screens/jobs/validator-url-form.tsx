import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainText } from '../../../../src-shared/pasted-text';
import { LONGEST_ADDRESS } from '../../../../src-shared/settings/setting';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

type ValidatorUrlFormProps = {
  /** The address in use; null for none. */
  readonly inUse: string | null;
  readonly onSaved: () => void;
};

/** The address of a validator, which is connected to from the moment it is saved. */
export function ValidatorUrlForm({ inUse, onSaved }: ValidatorUrlFormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(inUse ?? '');
  const { busy, error, send, forget } = useRequest();
  const url = plainText(typed);
  const isInUse = url !== '' && url === inUse;
  const save = async () => {
    const answer = await send(() => window.miner.updateSettings({ validatorUrl: url }));
    if (answer.ok) onSaved();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={t('jobs.url')}
        data-testid="validator-url"
        className="font-mono text-xs"
        inputMode="url"
        placeholder="ws://validator.example:8080/worker"
        maxLength={LONGEST_ADDRESS}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          forget();
        }}
        problem={error === null ? null : <ErrorMessage report={error} />}
        action={
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            disabled={url === '' || isInUse}
            data-testid="validator-save"
          >
            {t(isInUse ? 'settings.inUse' : 'jobs.use')}
          </Button>
        }
      />
    </form>
  );
}
