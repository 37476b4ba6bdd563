import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../src-shared/settings/settings';
import { fireCommand } from '../stores/send-command';
import { useAppState } from '../stores/state-store';
import { SelectField } from './select-field';

const OWN_NAMES = { ru: 'Русский', en: 'English' };

/** Chooses the language; each is named in itself, so that it can be found from any other. */
export function LanguageField({ testId }: { readonly testId: string }) {
  const { t } = useTranslation();
  const language = useAppState((state) => state.settings.language);
  return (
    <SelectField
      label={t('settings.language')}
      testId={testId}
      value={language}
      options={SETTINGS.language.choices.map((value) => ({
        value,
        text: value === 'system' ? t('settings.languageSystem') : OWN_NAMES[value],
      }))}
      onChange={(chosen) => fireCommand(() => window.miner.updateSettings({ language: chosen }))}
    />
  );
}
