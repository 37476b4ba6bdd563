import { useTranslation } from 'react-i18next';
import type { TimeStyle } from '../../../src-shared/regional-time';
import { useAppState } from '../stores/state-store';

/** How moments are written here: in the words of the window's language, in the way of the system's region. */
export function useTimeStyle(): TimeStyle {
  const { i18n } = useTranslation();
  const time = useAppState((state) => state.app.time);
  return { ...time, language: i18n.language };
}
