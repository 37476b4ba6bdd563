import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

/** Writes a key, sealed with a passphrase, to a file of the person's choice. The passphrase lives in the inputs alone. */
export function BackUpKey({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [differs, setDiffers] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const { busy, error, send, forget } = useRequest();
  const edited = () => {
    setDiffers(false);
    setPath(null);
    forget();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [typed, repeated] = [first.current, again.current];
    if (typed === null || repeated === null || typed.value === '') return;
    const passphrase = typed.value;
    setDiffers(passphrase !== repeated.value);
    if (passphrase !== repeated.value) return;
    const answer = await send(() => window.miner.backUpKey(address, passphrase));
    if (!answer.ok || answer.value.path === null) return;
    typed.value = '';
    repeated.value = '';
    setPath(answer.value.path);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
      <p className="text-muted">{t('backup.text')}</p>
      <TextField
        ref={first}
        type="password"
        maxLength={1024}
        label={t('backup.passphrase')}
        data-testid="backup-new-passphrase"
        onInput={edited}
      />
      <TextField
        ref={again}
        type="password"
        maxLength={1024}
        label={t('backup.again')}
        data-testid="backup-again"
        onInput={edited}
        problem={differs ? t('backup.differs') : error === null ? null : <ErrorMessage report={error} />}
        action={
          <Button type="submit" busy={busy} data-testid="backup-write">
            {t('backup.write')}
          </Button>
        }
      />
      <p role="status" data-testid="backup-written" className="break-words select-text empty:hidden">
        {path !== null && t('backup.written', { path })}
      </p>
    </form>
  );
}
