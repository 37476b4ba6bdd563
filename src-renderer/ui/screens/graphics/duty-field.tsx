import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SETTINGS } from '../../../../src-shared/settings/settings';
import { RangeField } from '../../components/range-field';
import { formatPercent } from '../../formatting/number';
import { sendCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

const { least, most } = SETTINGS.dutyPercent.limits;
const STEP_PERCENT = 5;

/** Sets the share of the time that the engines compute. */
export function DutyField() {
  const { t, i18n } = useTranslation();
  const duty = useAppState((state) => state.settings.dutyPercent);
  const choose = useCallback(
    (dutyPercent: number) => sendCommand(() => window.miner.updateSettings({ dutyPercent })),
    [],
  );
  return (
    <RangeField
      label={t('graphics.duty')}
      testId="graphics-duty"
      min={least}
      max={most}
      step={STEP_PERCENT}
      value={duty}
      textOf={(percent) => formatPercent(percent / 100, i18n.language)}
      help={t('graphics.dutyHelp')}
      onChoose={choose}
    />
  );
}
