import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from './components/error-message';
import { NavRail } from './components/nav-rail';
import { NoticeRegion } from './components/notice-region';
import { StateLine } from './components/state-line';
import { applyLanguage } from './locales/i18n';
import { CurrentScreen } from './screens/current-screen';
import { TaskTrail } from './screens/tasks/task-trail';
import { Welcome } from './screens/welcome/welcome';
import { openTask, useNavigationStore } from './stores/navigation-store';
import { showNotice } from './stores/notice-store';
import { fireCommand } from './stores/send-command';
import { useAppState, useStateStore } from './stores/state-store';
import { followTheme } from './styles/theme';

/** The window: nothing before main's first answer, then the first run, then the instrument panel. */
export function App() {
  const { t } = useTranslation();
  const locale = useStateStore(({ state }) => state?.app.locale);
  const theme = useStateStore(({ state }) => state?.settings.theme ?? 'system');
  const keyState = useStateStore(({ state }) => state?.key.state ?? 'loading');
  const firstRunStep = useStateStore(({ state }) => state?.settings.firstRunStep ?? 'done');
  const error = useStateStore((store) => store.error);
  const damage = useStateStore(({ state }) => state?.damage ?? null);
  useEffect(() => followTheme(theme), [theme]);
  useEffect(() => {
    if (locale !== undefined) void applyLanguage(locale);
  }, [locale]);

  useEffect(() => {
    if (damage !== null) showNotice(damage);
  }, [damage]);

  if (keyState === 'loading') {
    return (
      <main data-starting className="flex h-full items-center justify-center p-8">
        <h1 className="sr-only">{t('app.title')}</h1>
        {error === null ? (
          <p role="status" className="text-muted">
            {t('app.starting')}
          </p>
        ) : (
          <ErrorMessage report={error} />
        )}
      </main>
    );
  }
  return (
    <>
      {keyState === 'ready' && firstRunStep === 'done' ? <Panel /> : <Welcome />}
      <NoticeRegion />
    </>
  );
}

function Panel() {
  const { t } = useTranslation();
  const openTaskId = useNavigationStore((store) => store.openTaskId);
  const linkedTask = useAppState((state) => state.app.linkedTask);
  useEffect(() => {
    if (linkedTask === null) return;
    openTask(linkedTask);
    fireCommand(() => window.miner.linkOpened());
  }, [linkedTask]);
  return (
    <div className="flex h-full">
      <a
        href="#content"
        className="sr-only z-50 rounded bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('app.skip')}
      </a>
      <NavRail />
      <div className="flex min-w-0 flex-1 flex-col narrow:overflow-y-auto">
        <StateLine />
        <main
          id="content"
          tabIndex={-1}
          className="flex min-h-0 flex-1 flex-col outline-none narrow:min-h-fit narrow:flex-none"
        >
          <CurrentScreen />
        </main>
      </div>
      {openTaskId !== null && <TaskTrail key={openTaskId} taskId={openTaskId} />}
    </div>
  );
}
