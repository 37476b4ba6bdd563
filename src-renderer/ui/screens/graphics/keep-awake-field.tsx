import { useTranslation } from 'react-i18next';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

/** Whether the computer is kept from falling asleep while it mines. */
export function KeepAwakeField() {
  const { t } = useTranslation();
  const keepAwake = useAppState((state) => state.settings.keepAwake);
  return (
    <div>
      <label className="flex items-center gap-2 font-medium">
        <input
          type="checkbox"
          checked={keepAwake}
          data-testid="graphics-keep-awake"
          aria-describedby="keep-awake-help"
          onChange={(event) => {
            const chosen = event.target.checked;
            fireCommand(() => window.miner.updateSettings({ keepAwake: chosen }));
          }}
          className="size-4 accent-accent"
        />
        {t('graphics.keepAwake')}
      </label>
      <p id="keep-awake-help" className="mt-1 text-muted">
        {t('graphics.keepAwakeHelp')}
      </p>
    </div>
  );
}
