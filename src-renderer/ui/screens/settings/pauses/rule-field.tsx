import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PauseRule } from '../../../../../src-shared/pause-rules/pause-rule';
import { fireCommand } from '../../../stores/send-command';
import { useAppState } from '../../../stores/state-store';
import { RuleJudgement } from './rule-judgement';

type Switch =
  | 'pauseWhenActive'
  | 'pauseOnBattery'
  | 'pauseFullScreen'
  | 'pauseForApps'
  | 'pauseOutsideSchedule'
  | 'pauseWhenHot';

type RuleFieldProps = {
  readonly rule: PauseRule;
  /** The setting that switches it. */
  readonly name: Switch;
  /** Its values, which are there while it is on. */
  readonly children?: ReactNode;
};

/** A rule's switch, what it comes to now, and its values. */
export function RuleField({ rule, name, children }: RuleFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const isOn = useAppState((state) => state.settings[name]);
  return (
    <fieldset aria-label={t(`pauseRules.name.${rule}`)} className="flex min-w-0 flex-col gap-2">
      <div>
        <label className="flex items-center gap-2 font-medium">
          <input
            type="checkbox"
            checked={isOn}
            data-testid={`rule-${rule}`}
            aria-describedby={id}
            onChange={(event) => {
              const chosen = event.target.checked;
              fireCommand(() => window.miner.updateSettings({ [name]: chosen }));
            }}
            className="size-4 shrink-0 accent-accent"
          />
          {t(`pauseRules.name.${rule}`)}
        </label>
        <div id={id} className="mt-1 ml-6">
          <p className="text-xs text-muted">{t(`pauseRules.help.${rule}`)}</p>
          <RuleJudgement rule={rule} isOn={isOn} />
        </div>
      </div>
      {isOn && children !== undefined && <div className="ml-6 flex flex-col gap-2">{children}</div>}
    </fieldset>
  );
}
