import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_BACKUP } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ChosenFile } from '../../components/chosen-file';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';
import { type BeforeKey, keepStep } from './first-run-step';

type RestoreKeyProps = BeforeKey & {
  /** What the key is to be called. */
  readonly name?: string;
  readonly onTaken?: () => void;
};

/** Takes the key from a backup that this app wrote. The passphrase lives in the input alone. */
export function RestoreKey({ name = '', next, onTaken }: RestoreKeyProps) {
  const { t } = useTranslation();
  const passphrase = useRef<HTMLInputElement>(null);
  const [backup, setBackup] = useState<string | null>(null);
  const { busy, error, send, forget } = useRequest();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = passphrase.current;
    if (backup === null || typed === null || typed.value === '') return;
    const spoken = typed.value;
    typed.value = '';
    const answer = await send(() => keepStep(next, () => window.miner.restoreKey(backup, spoken, name)));
    if (answer.ok) onTaken?.();
  };
  return (
    <Card heading={t('backup.restoreHeading')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
        <p>{t('backup.restoreText')}</p>
        <ChosenFile
          label={t('backup.choose')}
          testId="backup"
          accept=".json,application/json"
          longest={LONGEST_BACKUP}
          onText={(text) => {
            setBackup(text);
            forget();
          }}
        />
        <TextField
          ref={passphrase}
          type="password"
          maxLength={1024}
          label={t('backup.passphrase')}
          data-testid="backup-passphrase"
          onInput={forget}
          problem={error === null ? null : <ErrorMessage report={error} />}
          action={
            <Button type="submit" busy={busy} disabled={backup === null} data-testid="backup-restore">
              {t('backup.restore')}
            </Button>
          }
        />
      </form>
    </Card>
  );
}
