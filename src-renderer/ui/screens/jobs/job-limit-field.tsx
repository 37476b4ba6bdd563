import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { formatInteger } from '../../formatting/number';
import { parseWholeNumber } from '../../formatting/whole-numbers';
import { useAppState } from '../../stores/state-store';
import { useSettingDraft } from '../settings/use-setting-draft';

const LONGEST = 16;

type JobLimitFieldProps = { readonly name: 'jobQueueLimit' | 'jobTimeLimitSeconds' | 'jobFrameLimitMiB' };

/** Sets one of the limits of jobs, checked as it is typed. */
export function JobLimitField({ name }: JobLimitFieldProps) {
  const { t, i18n } = useTranslation();
  const saved = useAppState((state) => state.settings[name]);
  const { typed, error, type, save } = useSettingDraft();
  const { limits } = SETTINGS[name];
  const value = typed === null ? saved : parseWholeNumber(typed, limits);
  const most = formatInteger(limits.most, i18n.language);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) void save({ [name]: value });
      }}
    >
      <TextField
        label={t(`jobs.limit.${name}`)}
        data-testid={`job-limit-${name}`}
        inputMode="numeric"
        maxLength={LONGEST}
        value={typed ?? String(saved)}
        onChange={(event) => type(event.target.value)}
        help={t(`jobs.limitHelp.${name}`, { most })}
        problem={
          value === null ? (
            t('jobs.limitInvalid', { most })
          ) : error === null ? null : (
            <ErrorMessage report={error} />
          )
        }
        action={
          <Button type="submit" data-testid={`save-${name}`} disabled={value === null || value === saved}>
            {t('settings.save')}
          </Button>
        }
      />
    </form>
  );
}
