import { type FormEvent, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppState } from '../../../../src-shared/state/state';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { announce } from '../../stores/notice-store';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';

const LONGEST = 2048;
const HERE = ['127.0.0.1', 'localhost', '[::1]'];

type TokenFormProps = {
  readonly validator: NonNullable<AppState['jobs']['validator']>;
  readonly input: RefObject<HTMLInputElement | null>;
};

/** Takes the token that a validator wants to see, or lets go of it. The token lives in the input alone. */
export function TokenForm({ validator, input }: TokenFormProps) {
  const { t } = useTranslation();
  const { url, token } = validator;
  const storedIn = useAppState((state) => state.key.storedIn) ?? 'keychain';
  const [isEmpty, setIsEmpty] = useState(true);
  const { busy, error, send, forget } = useRequest();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = input.current;
    if (typed === null || typed.value === '') return;
    const answer = await send(() => window.miner.keepToken(url, typed.value));
    if (!answer.ok) return;
    typed.value = '';
    setIsEmpty(true);
    announce(t('settings.saved'));
  };
  if (token === 'given') return <p className="text-muted">{t('jobs.token.given')}</p>;
  return (
    <form onSubmit={(event) => void submit(event)}>
      <TextField
        ref={input}
        type="password"
        label={t('jobs.token.label')}
        data-testid="validator-token"
        data-kept={token === 'kept'}
        maxLength={LONGEST}
        onInput={(event) => {
          setIsEmpty(event.currentTarget.value === '');
          forget();
        }}
        help={[
          t(token === 'kept' ? `jobs.token.keptIn.${storedIn}` : `jobs.token.help.${storedIn}`),
          isReadOnTheWay(url) ? t('jobs.token.readable') : '',
        ].join(' ')}
        problem={error === null ? null : <ErrorMessage report={error} />}
        action={
          <>
            <Button type="submit" busy={busy} disabled={isEmpty} data-testid="validator-token-keep">
              {t('settings.save')}
            </Button>
            {token === 'kept' && (
              <Button
                disabled={busy}
                data-testid="validator-token-forget"
                onClick={() => void send(() => window.miner.forgetToken(url))}
              >
                {t('jobs.token.forget')}
              </Button>
            )}
          </>
        }
      />
    </form>
  );
}

/** Whether what is sent to an address crosses a network in the clear. */
function isReadOnTheWay(url: string): boolean {
  return url.startsWith('ws://') && !HERE.includes(new URL(url).hostname);
}
