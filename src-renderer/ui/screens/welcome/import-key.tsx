import type { TFunction } from 'i18next';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { type KeyShape, privateKeyShape } from '../../formatting/private-key-shape';
import { useRequest } from '../../stores/use-request';
import { type BeforeKey, keepStep } from './first-run-step';

type ImportKeyProps = BeforeKey & {
  readonly heading: string;
  readonly text: string;
  /** What the key is to be called. */
  readonly name?: string;
  readonly onTaken?: () => void;
};

/**
 * Imports a private key. The typed key lives in the input alone, never in React's state: what is kept of it is
 * its shape, and the input is emptied the moment it is sent.
 */
export function ImportKey({ heading, text, name = '', next, onTaken }: ImportKeyProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [shape, setShape] = useState<KeyShape>({ kind: 'empty' });
  const { busy, error, send, forget } = useRequest();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const field = input.current;
    if (field === null || field.value === '') return;
    const typed = field.value;
    const answering = send(() => keepStep(next, () => window.miner.importKey(typed, name)));
    field.value = '';
    setShape({ kind: 'empty' });
    if ((await answering).ok) onTaken?.();
  };
  return (
    <Card heading={heading}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
        <p>{text}</p>
        <TextField
          ref={input}
          type="password"
          maxLength={LONGEST_PASTE}
          label={t('welcome.importLabel')}
          data-testid="key-import-input"
          className="font-mono"
          onInput={(event) => {
            setShape(privateKeyShape(event.currentTarget.value));
            forget();
          }}
          help={shape.kind === 'partial' ? t('welcome.importProgress', { count: shape.length }) : ''}
          problem={error === null ? shapeProblem(t, shape) : <ErrorMessage report={error} />}
          action={
            <Button
              type="submit"
              busy={busy}
              disabled={shape.kind === 'empty'}
              data-testid="key-import-submit"
            >
              {t('welcome.import')}
            </Button>
          }
        />
      </form>
    </Card>
  );
}

function shapeProblem(t: TFunction, shape: KeyShape): string | null {
  if (shape.kind === 'no_key') return t('welcome.importNoKey');
  if (shape.kind === 'not_hex') return t('welcome.importNotHex');
  if (shape.kind === 'too_long') return t('welcome.importTooLong');
  return null;
}
