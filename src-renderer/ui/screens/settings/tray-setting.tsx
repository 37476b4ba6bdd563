import { useTranslation } from 'react-i18next';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

/** Whether closing the window keeps the app in the tray; says so where there is no tray to close to. */
export function TraySetting() {
  const { t } = useTranslation();
  const closeToTray = useAppState((state) => state.settings.closeToTray);
  const trayAvailable = useAppState((state) => state.app.trayAvailable);
  return (
    <>
      <label className="flex items-center gap-2 font-medium">
        <input
          type="checkbox"
          checked={closeToTray}
          data-testid="settings-close-to-tray"
          aria-describedby="tray-help"
          onChange={(event) => {
            const chosen = event.target.checked;
            fireCommand(() => window.miner.updateSettings({ closeToTray: chosen }));
          }}
          className="size-4 accent-accent"
        />
        {t('settings.closeToTray')}
      </label>
      <p id="tray-help" className="mt-1 text-muted">
        {t(trayAvailable ? 'settings.closeToTrayHelp' : 'settings.trayMissing')}
      </p>
    </>
  );
}
