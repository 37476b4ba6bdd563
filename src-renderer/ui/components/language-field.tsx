import { useTranslation } from 'react-i18next';
import { fireCommand } from '../stores/send-command';
import { useAppState } from '../stores/state-store';
import { SelectField } from './select-field';

/** Chooses the language; each is named in itself, so that it can be found from any other. */
export function LanguageField({ testId }: { readonly testId: string }) {
  const { t } = useTranslation();
  const language = useAppState((state) => state.settings.language);
  return (
    <SelectField
      label={t('settings.language')}
      testId={testId}
      value={language}
      options={[
        { value: 'system', text: t('settings.languageSystem') },
        { value: 'ru', text: 'Русский' },
        { value: 'en', text: 'English' },
      ]}
      onChange={(chosen) => fireCommand(() => window.miner.updateSettings({ language: chosen }))}
    />
  );
}
