import type { TFunction } from 'i18next';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import { LEAST_PASSPHRASE } from '../../../../src-shared/wallet/passphrase';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

type Fault = 'short' | 'differs';

/** Writes a key, sealed with a passphrase, to a file of the person's choice. The passphrase lives in the inputs alone. */
export function BackUpKey({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const { busy, error, send, forget } = useRequest();
  const edited = () => {
    setFault(null);
    setPath(null);
    forget();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [typed, repeated] = [first.current, again.current];
    if (typed === null || repeated === null || typed.value === '') return;
    const passphrase = typed.value;
    const found = faultOf(passphrase, repeated.value);
    setFault(found);
    if (found !== null) return;
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
        help={t('backup.least', { count: LEAST_PASSPHRASE })}
        problem={fault === 'short' ? t('backup.short', { count: LEAST_PASSPHRASE }) : null}
      />
      <TextField
        ref={again}
        type="password"
        maxLength={1024}
        label={t('backup.again')}
        data-testid="backup-again"
        onInput={edited}
        problem={problem(t, fault, error)}
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

function faultOf(passphrase: string, again: string): Fault | null {
  if (passphrase.length < LEAST_PASSPHRASE) return 'short';
  return passphrase === again ? null : 'differs';
}

function problem(t: TFunction, fault: Fault | null, error: ErrorReport | null) {
  if (fault === 'differs') return t('backup.differs');
  return error === null ? null : <ErrorMessage report={error} />;
}
