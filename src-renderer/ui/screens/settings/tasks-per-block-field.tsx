import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { SelectField } from '../../components/select-field';
import { wholeNumbersIn } from '../../formatting/whole-numbers';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

const COUNTS = wholeNumbersIn(SETTINGS.tasksPerBlock.limits);

/** Chooses how many results are computed for each block. */
export function TasksPerBlockField() {
  const { t } = useTranslation();
  const chosen = useAppState((state) => state.settings.tasksPerBlock);
  return (
    <SelectField
      label={t('settings.tasksPerBlock')}
      testId="settings-tasks-per-block"
      help={t('settings.tasksPerBlockHelp')}
      value={String(chosen)}
      options={COUNTS.map((count) => ({ value: String(count), text: String(count) }))}
      onChange={(value) => fireCommand(() => window.miner.updateSettings({ tasksPerBlock: Number(value) }))}
    />
  );
}
