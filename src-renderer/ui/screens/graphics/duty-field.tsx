import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { RangeField } from '../../components/range-field';
import { formatPercent } from '../../formatting/number';
import { sendCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

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
      min={5}
      max={100}
      step={5}
      value={duty}
      textOf={(percent) => formatPercent(percent / 100, i18n.language)}
      help={t('graphics.dutyHelp')}
      onChoose={choose}
    />
  );
}
