import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { parseMatrixSize } from '../../formatting/matrix-size';
import { useAppState } from '../../stores/state-store';
import { useSettingDraft } from './use-setting-draft';

// The largest size with all that it may be pasted with.
const LONGEST = 16;

/** Sets the matrix size, checked as it is typed. */
export function MatrixSizeField() {
  const { t } = useTranslation();
  const saved = useAppState((state) => state.settings.matrixSize);
  const { typed, error, type, save } = useSettingDraft();
  const size = typed === null ? saved : parseMatrixSize(typed);
  const limit = SETTINGS.matrixSize.limits.most;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (size !== null) void save({ matrixSize: size });
      }}
    >
      <TextField
        label={t('settings.matrixSize')}
        data-testid="settings-matrix-size"
        inputMode="numeric"
        maxLength={LONGEST}
        value={typed ?? String(saved)}
        onChange={(event) => type(event.target.value)}
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
