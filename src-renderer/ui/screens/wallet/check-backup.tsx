import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_BACKUP } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { ChosenFile } from '../../components/chosen-file';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

type CheckBackupProps = { readonly address: string; readonly kept: boolean };

/** Opens a backup with its passphrase, which shows that both were kept. */
export function CheckBackup({ address, kept }: CheckBackupProps) {
  const { t } = useTranslation();
  const passphrase = useRef<HTMLInputElement>(null);
  const [backup, setBackup] = useState<string | null>(null);
  const [opened, setOpened] = useState(false);
  const { busy, error, send, forget } = useRequest();
  const edited = () => {
    setOpened(false);
    forget();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = passphrase.current;
    if (typed === null || typed.value === '' || backup === null) return;
    const spoken = typed.value;
    typed.value = '';
    const answer = await send(() => window.miner.checkBackup(address, backup, spoken));
    setOpened(answer.ok);
  };
  const Icon = kept ? ShieldCheck : ShieldAlert;
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
      <p className={`flex gap-2 ${kept ? '' : 'text-warning'}`}>
        <Icon size={15} aria-hidden className="mt-0.5 shrink-0" />
        {t(kept ? 'backup.isKept' : 'backup.isNotKept')}
      </p>
      <ChosenFile
        label={t('backup.choose')}
        testId="backup-check"
        accept=".json,application/json"
        longest={LONGEST_BACKUP}
        onText={(text) => {
          setBackup(text);
          edited();
        }}
      />
      <TextField
        ref={passphrase}
        type="password"
        maxLength={1024}
        label={t('backup.passphrase')}
        data-testid="backup-check-passphrase"
        onInput={edited}
        problem={error === null ? null : <ErrorMessage report={error} />}
        action={
          <Button type="submit" busy={busy} disabled={backup === null} data-testid="backup-check">
            {t('backup.check')}
          </Button>
        }
      />
      <p role="status" data-testid="backup-checked" className="empty:hidden">
        {opened && t('backup.checked')}
      </p>
    </form>
  );
}
