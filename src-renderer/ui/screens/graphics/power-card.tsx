import { useTranslation } from 'react-i18next';
import { Card } from '../../components/card';
import { DutyField } from './duty-field';
import { EngineField } from './engine-field';
import { KeepAwakeField } from './keep-awake-field';
import { SensorFacts } from './sensor-facts';
import { SlicesField } from './slices-field';
import { ThreadsField } from './threads-field';

/** What computes, and how hard it may work. */
export function PowerCard() {
  const { t } = useTranslation();
  return (
    <Card heading={t('graphics.engineAndPower')}>
      <div className="flex flex-col gap-3">
        <EngineField />
        <DutyField />
        <SlicesField />
        <ThreadsField />
        <KeepAwakeField />
        <SensorFacts />
      </div>
    </Card>
  );
}
