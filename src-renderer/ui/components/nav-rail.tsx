import {
  Blocks,
  Briefcase,
  Gauge,
  Gpu,
  ListChecks,
  type LucideIcon,
  Settings,
  Stethoscope,
  Wallet,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { goTo, SCREENS, type Screen, useNavigationStore } from '../stores/navigation-store';
import { useAppState } from '../stores/state-store';
import { AppMark } from './app-mark';
import { QuitButton } from './quit-button';

const ICONS: Record<Screen, LucideIcon> = {
  dashboard: Gauge,
  tasks: ListChecks,
  jobs: Briefcase,
  blocks: Blocks,
  wallet: Wallet,
  graphics: Gpu,
  settings: Settings,
  doctor: Stethoscope,
};

/** The sections of the window, at its left edge. */
export function NavRail() {
  const { t } = useTranslation();
  const current = useNavigationStore((store) => store.screen);
  const version = useAppState((state) => state.app.appVersion);
  return (
    <nav
      aria-label={t('app.navigation')}
      className="flex w-40 shrink-0 flex-col gap-0.5 border-r border-line p-2 narrow:w-14 narrow:overflow-x-hidden narrow:overflow-y-auto narrow:p-1.5 narrow:[scrollbar-width:thin]"
    >
      <p className="flex h-14 items-center gap-2.5 px-1 leading-tight font-semibold">
        <AppMark />
        <span className="narrow:sr-only">{t('app.title')}</span>
      </p>
      {SCREENS.map((screen) => {
        const Icon = ICONS[screen];
        return (
          <button
            key={screen}
            type="button"
            data-testid={`nav-${screen}`}
            title={t(`nav.${screen}`)}
            aria-current={current === screen ? 'page' : undefined}
            onClick={() => goTo(screen)}
            className="flex h-9 shrink-0 items-center gap-2.5 rounded px-2 text-left text-muted hover:bg-raised hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
          >
            <Icon size={16} aria-hidden className="shrink-0" />
            <span className="narrow:sr-only">{t(`nav.${screen}`)}</span>
          </button>
        );
      })}
      <QuitButton className="mt-auto text-left" mayShrink />
      <p className="px-2 pb-1 text-xs text-muted narrow:sr-only">{t('app.version', { version })}</p>
    </nav>
  );
}
