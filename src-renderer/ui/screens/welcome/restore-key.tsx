import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_BACKUP } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

/** Takes the key from a backup that this app wrote. The passphrase lives in the input alone. */
export function RestoreKey() {
  const { t } = useTranslation();
  const file = useRef<HTMLInputElement>(null);
  const passphrase = useRef<HTMLInputElement>(null);
  const [isChosen, setIsChosen] = useState(false);
  const { busy, error, send, forget } = useRequest();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    const typed = passphrase.current;
    if (chosen === undefined || typed === null || typed.value === '') return;
    const spoken = typed.value;
    typed.value = '';
    // Whatever else a person chose is no backup; its beginning is enough to be told so.
    const backup = await chosen.slice(0, LONGEST_BACKUP).text();
    await send(() => window.miner.restoreKey(backup.slice(0, LONGEST_BACKUP), spoken));
  };
  return (
    <Card heading={t('backup.restoreHeading')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
        <p>{t('backup.restoreText')}</p>
        <label className="flex flex-col gap-1 font-medium">
          {t('backup.file')}
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            data-testid="backup-file"
            onChange={(event) => {
              setIsChosen((event.currentTarget.files?.length ?? 0) > 0);
              forget();
            }}
            className="font-normal"
          />
        </label>
        <TextField
          ref={passphrase}
          type="password"
          maxLength={1024}
          label={t('backup.passphrase')}
          data-testid="backup-passphrase"
          onInput={forget}
          problem={error === null ? null : <ErrorMessage report={error} />}
          action={
            <Button type="submit" busy={busy} disabled={!isChosen} data-testid="backup-restore">
              {t('backup.restore')}
            </Button>
          }
        />
      </form>
    </Card>
  );
}
