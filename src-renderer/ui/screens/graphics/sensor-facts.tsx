import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '../../components/facts';
import { numberFormat } from '../../formatting/intl';
import { callMain } from '../../stores/call-main';

const EVERY_MS = 3000;
const NOTHING = { temperatureC: null, powerW: null };

/** Temperature and power as the machine tells them while this is looked at. */
export function SensorFacts() {
  const { t, i18n } = useTranslation();
  const { temperatureC, powerW } = useSensors();
  const figure = (value: number | null, unit: 'celsius' | 'watt') =>
    value === null ? (
      <span className="text-muted">{t('graphics.notAvailable')}</span>
    ) : unit === 'watt' ? (
      t('graphics.watts', { value: numberFormat(i18n.language, { maximumFractionDigits: 0 }).format(value) })
    ) : (
      numberFormat(i18n.language, { style: 'unit', unit, maximumFractionDigits: 0 }).format(value)
    );
  return (
    <Facts>
      <Fact name={t('graphics.temperature')}>
        <span data-testid="graphics-temperature">{figure(temperatureC, 'celsius')}</span>
      </Fact>
      <Fact name={t('graphics.powerDrawn')}>
        <span data-testid="graphics-power">{figure(powerW, 'watt')}</span>
      </Fact>
    </Facts>
  );
}

function useSensors(): { readonly temperatureC: number | null; readonly powerW: number | null } {
  const [sample, setSample] = useState<{ temperatureC: number | null; powerW: number | null }>(NOTHING);
  useEffect(() => {
    let isGone = false;
    let timer: number | undefined;
    const look = async () => {
      if (!document.hidden) {
        const answer = await callMain(() => window.miner.readSensors());
        if (!isGone) setSample(answer.ok ? answer.value : NOTHING);
      }
      if (!isGone) timer = window.setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      isGone = true;
      window.clearTimeout(timer);
    };
  }, []);
  return sample;
}
