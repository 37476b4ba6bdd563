import { useTranslation } from 'react-i18next';
import { Card } from '../../../components/card';
import { AppsEditor } from './apps-editor';
import { NumberSelect } from './number-select';
import { RuleField } from './rule-field';
import { ScheduleEditor } from './schedule-editor';

const MINUTES = [1, 2, 3, 5, 10, 15, 30, 60, 120];
const HOT = [60, 65, 70, 75, 80, 85, 90, 95, 100];
const COOL = [50, 55, 60, 65, 70, 75, 80, 85, 90];
const REST = [1, 2, 3, 5, 10, 15, 30, 60];

/** The rules that hold mining back, each with its switch, its values and what it comes to now. */
export function PauseRulesCard({ className }: { readonly className: string }) {
  const { t } = useTranslation();
  return (
    <Card heading={t('pauseRules.heading')} className={className}>
      <p className="mb-3 text-muted">{t('pauseRules.intro')}</p>
      <div className="grid grid-cols-2 narrow:grid-cols-1 items-start gap-x-6 gap-y-4">
        <div className="flex min-w-0 flex-col gap-4">
          <RuleField rule="active" name="pauseWhenActive">
            <NumberSelect name="pauseIdleMinutes" values={MINUTES} unit="minute" />
          </RuleField>
          <RuleField rule="fullScreen" name="pauseFullScreen" />
          <RuleField rule="app" name="pauseForApps">
            <AppsEditor />
          </RuleField>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RuleField rule="battery" name="pauseOnBattery" />
          <RuleField rule="hot" name="pauseWhenHot">
            <NumberSelect name="pauseHotC" values={HOT} unit="celsius" />
            <NumberSelect name="pauseCoolC" values={COOL} unit="celsius" />
            <NumberSelect name="pauseHotMinutes" values={REST} unit="minute" />
          </RuleField>
        </div>
        <div className="col-span-2 narrow:col-span-1">
          <RuleField rule="schedule" name="pauseOutsideSchedule">
            <ScheduleEditor />
          </RuleField>
        </div>
      </div>
    </Card>
  );
}
