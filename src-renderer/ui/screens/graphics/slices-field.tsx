import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { RadioOption } from '../../components/radio-option';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

/** Chooses how long the graphics card is kept busy without a break. */
export function SlicesField() {
  const { t } = useTranslation();
  const chosen = useAppState((state) => state.settings.slices);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t('graphics.slices')}</legend>
      {SETTINGS.slices.choices.map((slices) => (
        <RadioOption
          key={slices}
          group="slices"
          checked={slices === chosen}
          testId={`slices-${slices}`}
          name={t(`graphics.slicesName.${slices}`)}
          help={t(`graphics.slicesHelp.${slices}`)}
          onChoose={() => fireCommand(() => window.miner.updateSettings({ slices }))}
        />
      ))}
    </fieldset>
  );
}
