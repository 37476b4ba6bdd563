import { Power } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fireCommand } from '../stores/send-command';

/** Ends the app, mining included: closing the window may only send it to the tray. */
export function QuitButton({ className = '' }: { readonly className?: string }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      data-testid="quit-button"
      title="Ctrl+Q"
      onClick={() => fireCommand(() => window.miner.quit())}
      className={`flex h-9 shrink-0 items-center gap-2.5 rounded px-2 text-muted hover:bg-raised hover:text-text ${className}`}
    >
      <Power size={16} aria-hidden className="shrink-0" />
      {t('app.quit')}
    </button>
  );
}
