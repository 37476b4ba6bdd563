import { FileKey } from 'lucide-react';
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
  const [name, setName] = useState<string | null>(null);
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
        <div className="flex items-center gap-3">
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            hidden
            data-testid="backup-file"
            onChange={(event) => {
              setName(event.currentTarget.files?.[0]?.name ?? null);
              forget();
            }}
          />
          <Button icon={FileKey} data-testid="backup-choose" onClick={() => file.current?.click()}>
            {t('backup.choose')}
          </Button>
          <p role="status" className="min-w-0 truncate text-muted">
            {name}
          </p>
        </div>
        <TextField
          ref={passphrase}
          type="password"
          maxLength={1024}
          label={t('backup.passphrase')}
          data-testid="backup-passphrase"
          onInput={forget}
          problem={error === null ? null : <ErrorMessage report={error} />}
          action={
            <Button type="submit" busy={busy} disabled={name === null} data-testid="backup-restore">
              {t('backup.restore')}
            </Button>
          }
        />
      </form>
    </Card>
  );
}
