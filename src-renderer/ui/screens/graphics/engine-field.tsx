import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { SelectField } from '../../components/select-field';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

/** Chooses what computes. */
export function EngineField() {
  const { t } = useTranslation();
  const engine = useAppState((state) => state.settings.engine);
  return (
    <SelectField
      label={t('graphics.engine')}
      testId="graphics-engine-setting"
      help={t('graphics.engineHelp')}
      value={engine}
      options={SETTINGS.engine.choices.map((value) => ({ value, text: t(`engine.${value}`) }))}
      onChange={(chosen) => fireCommand(() => window.miner.updateSettings({ engine: chosen }))}
    />
  );
}
