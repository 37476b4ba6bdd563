import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MOST_SPANS, type Span } from '../../../../../src-shared/pause-rules/schedule';
import { Button } from '../../../components/button';
import { fireCommand } from '../../../stores/send-command';
import { useAppState } from '../../../stores/state-store';
import { SpanRow } from './span-row';

/** What a person begins with: the nights of the working week. */
const NEW_SPAN: Span = { days: [1, 2, 3, 4, 5], fromMinute: 22 * 60, toMinute: 6 * 60 };

/** The hours of the week in which mining may go on. */
export function ScheduleEditor() {
  const { t } = useTranslation();
  const schedule = useAppState((state) => state.settings.pauseSchedule);
  const save = (pauseSchedule: Span[]) => fireCommand(() => window.miner.updateSettings({ pauseSchedule }));
  return (
    <>
      {schedule.map((span, index) => (
        <SpanRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the list
          key={index}
          ordinal={index + 1}
          span={span}
          onChange={(changed) => save(schedule.map((other, at) => (at === index ? changed : other)))}
          onRemove={() => save(schedule.filter((_other, at) => at !== index))}
        />
      ))}
      <div>
        <Button
          icon={Plus}
          data-testid="add-span"
          disabled={schedule.length >= MOST_SPANS}
          onClick={() => save([...schedule, NEW_SPAN])}
        >
          {t('pauseRules.addSpan')}
        </Button>
      </div>
    </>
  );
}
