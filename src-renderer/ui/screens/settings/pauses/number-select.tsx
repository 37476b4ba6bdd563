import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { numberFormat } from '../../../formatting/intl';
import { fireCommand } from '../../../stores/send-command';
import { useAppState } from '../../../stores/state-store';

type NumberSelectProps = {
  readonly name: 'pauseIdleMinutes' | 'pauseHotC' | 'pauseCoolC' | 'pauseHotMinutes';
  /** What is offered, beside the value that is set. */
  readonly values: readonly number[];
  readonly unit: 'minute' | 'celsius';
};

/** A value of a rule, in one line with its name. */
export function NumberSelect({ name, values, unit }: NumberSelectProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const set = useAppState((state) => state.settings[name]);
  const offered = [...new Set([...values, set])].sort((a, b) => a - b);
  const format = numberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'short' });
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="min-w-0">
        {t(`pauseRules.value.${name}`)}
      </label>
      <select
        id={id}
        value={set}
        data-testid={`value-${name}`}
        onChange={(event) => {
          const value = Number(event.target.value);
          fireCommand(() => window.miner.updateSettings({ [name]: value }));
        }}
        className="h-7 w-28 shrink-0 rounded border border-control-line bg-surface px-2"
      >
        {offered.map((value) => (
          <option key={value} value={value}>
            {format.format(value)}
          </option>
        ))}
      </select>
    </div>
  );
}
