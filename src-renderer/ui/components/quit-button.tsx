import { Power } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fireCommand } from '../stores/send-command';

type QuitButtonProps = {
  readonly className?: string;
  /** Shows its icon alone where room is short. */
  readonly mayShrink?: boolean;
};

/** Ends the app, mining included: closing the window may only send it to the tray. */
export function QuitButton({ className = '', mayShrink = false }: QuitButtonProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      data-testid="quit-button"
      title={`${t('app.quit')} (Ctrl+Q)`}
      onClick={() => fireCommand(() => window.miner.quit())}
      className={`flex h-9 shrink-0 items-center gap-2.5 rounded px-2 text-muted hover:bg-raised hover:text-text ${className}`}
    >
      <Power size={16} aria-hidden className="shrink-0" />
      <span className={mayShrink ? 'narrow:sr-only' : ''}>{t('app.quit')}</span>
    </button>
  );
}
