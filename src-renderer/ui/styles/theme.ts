import type { Settings } from '../../../src-shared/settings/settings';

const DARK = '(prefers-color-scheme: dark)';

/** Keeps `data-theme` of the page at the chosen theme, or at the system's; returns what stops it. */
export function followTheme(theme: Settings['theme']): () => void {
  const query = window.matchMedia(DARK);
  const apply = () => {
    const dark = theme === 'system' ? query.matches : theme === 'dark';
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  apply();
  query.addEventListener('change', apply);
  return () => query.removeEventListener('change', apply);
}
