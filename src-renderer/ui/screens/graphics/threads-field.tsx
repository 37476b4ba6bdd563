import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { SelectField } from '../../components/select-field';
import { wholeNumbersIn } from '../../formatting/whole-numbers';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

const ALL = 'all';
const COUNTS = wholeNumbersIn(SETTINGS.cpuThreads.limits);

/** Chooses how many threads the processor computes with. */
export function ThreadsField() {
  const { t } = useTranslation();
  const threads = useAppState((state) => state.settings.cpuThreads);
  const choose = (value: string) => {
    const cpuThreads = value === ALL ? null : Number(value);
    fireCommand(() => window.miner.updateSettings({ cpuThreads }));
  };
  return (
    <SelectField
      label={t('graphics.threads')}
      testId="graphics-threads"
      help={t('graphics.threadsHelp')}
      value={threads === null ? ALL : String(threads)}
      options={[
        { value: ALL, text: t('graphics.threadsAll') },
        ...COUNTS.map((count) => ({ value: String(count), text: t('graphics.threadCount', { count }) })),
      ]}
      onChange={choose}
    />
  );
}
