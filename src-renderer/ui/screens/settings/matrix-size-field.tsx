import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import { MATRIX_SIZE_LIMIT } from '../../../../src-shared/ipc/limits';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { parseMatrixSize } from '../../formatting/matrix-size';
import { callMain } from '../../stores/call-main';
import { useSnapshot } from '../../stores/snapshot-store';

/** Sets the matrix size, checked as it is typed; null in `typed` means "what the settings say". */
export function MatrixSizeField() {
  const { t } = useTranslation();
  const saved = useSnapshot((snapshot) => snapshot.settings.matrixSize);
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const size = typed === null ? saved : parseMatrixSize(typed);
  const limit = MATRIX_SIZE_LIMIT;

  const save = async () => {
    if (size === null || typed === null) return;
    const answer = await callMain(() => window.miner.updateSettings({ matrixSize: size }));
    setError(answer.ok ? null : answer.error);
    if (answer.ok) setTyped(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={t('settings.matrixSize')}
        data-testid="settings-matrix-size"
        inputMode="numeric"
        maxLength={6}
        value={typed ?? String(saved)}
        onChange={(event) => {
          setTyped(event.target.value);
          setError(null);
        }}
        help={t('settings.matrixSizeHelp', { limit })}
        problem={
          size === null ? (
            t('settings.matrixSizeInvalid', { limit })
          ) : error === null ? null : (
            <ErrorMessage report={error} />
          )
        }
        action={
          <Button type="submit" data-testid="save-matrix-size" disabled={size === null || size === saved}>
            {t('settings.save')}
          </Button>
        }
      />
    </form>
  );
}
