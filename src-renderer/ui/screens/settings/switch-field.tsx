import { useTranslation } from 'react-i18next';
import { CheckField } from '../../components/check-field';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

type Switch =
  | 'startAtLogin'
  | 'notifyFirstResult'
  | 'notifyBlocked'
  | 'notifyLowBalance'
  | 'notifyQuarantine'
  | 'notifyUpdate';

/** A setting that is on or off and needs nothing more. */
export function SwitchField({ name }: { readonly name: Switch }) {
  const { t } = useTranslation();
  const checked = useAppState((state) => state.settings[name]);
  return (
    <CheckField
      label={t(`settings.switch.${name}`)}
      help={t(`settings.switchHelp.${name}`)}
      checked={checked}
      testId={`settings-${name}`}
      onChange={(chosen) => fireCommand(() => window.miner.updateSettings({ [name]: chosen }))}
    />
  );
}
