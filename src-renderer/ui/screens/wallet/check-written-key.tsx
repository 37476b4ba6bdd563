import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

/** Takes a private key as it was written down, which shows that it was. The typed key lives in the input alone. */
export function CheckWrittenKey({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [isSame, setIsSame] = useState(false);
  const { busy, error, send, forget } = useRequest();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const field = input.current;
    if (field === null || field.value === '') return;
    const typed = field.value;
    field.value = '';
    setIsSame((await send(() => window.miner.checkWrittenKey(address, typed))).ok);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
      <TextField
        ref={input}
        type="password"
        maxLength={LONGEST_PASTE}
        label={t('wallet.writtenLabel')}
        help={t('wallet.writtenHelp')}
        data-testid="key-written"
        className="font-mono"
        onInput={() => {
          setIsSame(false);
          forget();
        }}
        problem={error === null ? null : <ErrorMessage report={error} />}
        action={
          <Button type="submit" busy={busy} data-testid="key-written-check">
            {t('wallet.writtenCheck')}
          </Button>
        }
      />
      <p role="status" data-testid="key-written-same" className="empty:hidden">
        {isSame && t('wallet.writtenSame')}
      </p>
    </form>
  );
}
