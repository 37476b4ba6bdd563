import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { RadioOption } from '../../components/radio-option';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

/** Chooses what goes first where a job and a task of the chain both wait. */
export function JobPriorityField() {
  const { t } = useTranslation();
  const chosen = useAppState((state) => state.settings.jobPriority);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t('jobs.priority')}</legend>
      {SETTINGS.jobPriority.choices.map((jobPriority) => (
        <RadioOption
          key={jobPriority}
          group="job-priority"
          checked={jobPriority === chosen}
          testId={`job-priority-${jobPriority}`}
          name={t(`jobs.priorityName.${jobPriority}`)}
          help={t(`jobs.priorityHelp.${jobPriority}`)}
          onChoose={() => fireCommand(() => window.miner.updateSettings({ jobPriority }))}
        />
      ))}
    </fieldset>
  );
}
