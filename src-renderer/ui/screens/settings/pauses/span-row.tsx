import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Span, WEEK } from '../../../../../src-shared/pause-rules/schedule';
import { weekdayName } from '../../../formatting/weekday';
import { TimeInput } from './time-input';

type SpanRowProps = {
  readonly ordinal: number;
  readonly span: Span;
  readonly onChange: (span: Span) => void;
  readonly onRemove: () => void;
};

/** The days of a span, and from when until when it lasts. */
export function SpanRow({ ordinal, span, onChange, onRemove }: SpanRowProps) {
  const { t } = useTranslation();
  const { fromMinute, toMinute } = span;
  const next = fromMinute === toMinute ? 'wholeDay' : toMinute < fromMinute ? 'nextDay' : null;
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <legend className="sr-only">{t('pauseRules.span', { ordinal })}</legend>
      <Days days={span.days} onChange={(days) => onChange({ ...span, days })} />
      <div className="flex items-center gap-2">
        <TimeInput
          label={t('pauseRules.from')}
          minute={fromMinute}
          testId={`span-from-${ordinal}`}
          onChange={(minute) => onChange({ ...span, fromMinute: minute })}
        />
        <span aria-hidden>–</span>
        <TimeInput
          label={t('pauseRules.to')}
          minute={toMinute}
          testId={`span-to-${ordinal}`}
          onChange={(minute) => onChange({ ...span, toMinute: minute })}
        />
        <button
          type="button"
          aria-label={t('pauseRules.removeSpan', { ordinal })}
          onClick={onRemove}
          className="rounded p-1 text-muted hover:bg-raised hover:text-text"
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      {next !== null && <span className="text-xs text-muted">{t(`pauseRules.${next}`)}</span>}
    </fieldset>
  );
}

type DaysProps = { readonly days: readonly number[]; readonly onChange: (days: number[]) => void };

/** The days of the week as switches; one of them stays on. */
function Days({ days, onChange }: DaysProps) {
  const { i18n } = useTranslation();
  return (
    <div className="flex">
      {WEEK.map((day) => {
        const isOn = days.includes(day);
        const isLast = isOn && days.length === 1;
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isOn}
            aria-disabled={isLast}
            onClick={() => {
              if (!isLast) onChange(WEEK.filter((other) => days.includes(other) !== (other === day)));
            }}
            className={`h-7 w-10 border border-l-0 border-control-line first:rounded-l first:border-l last:rounded-r ${
              isOn ? 'bg-accent text-on-accent' : 'bg-surface text-muted hover:bg-raised'
            }`}
          >
            <span aria-hidden>{weekdayName(day, i18n.language, 'short')}</span>
            <span className="sr-only">{weekdayName(day, i18n.language, 'long')}</span>
          </button>
        );
      })}
    </div>
  );
}
