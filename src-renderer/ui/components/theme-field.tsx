import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../src-shared/settings/settings';
import { fireCommand } from '../stores/send-command';
import { useAppState } from '../stores/state-store';
import { SelectField } from './select-field';

/** Chooses between light and dark, or leaves it to the system. */
export function ThemeField({ testId }: { readonly testId: string }) {
  const { t } = useTranslation();
  const theme = useAppState((state) => state.settings.theme);
  return (
    <SelectField
      label={t('settings.theme')}
      testId={testId}
      value={theme}
      options={SETTINGS.theme.choices.map((value) => ({ value, text: t(`settings.themes.${value}`) }))}
      onChange={(chosen) => fireCommand(() => window.miner.updateSettings({ theme: chosen }))}
    />
  );
}
