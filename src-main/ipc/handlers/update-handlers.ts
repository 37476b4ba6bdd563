import type { Updates } from '../../updates/updates';
import type { Handlers } from '../handle';

/** Newer versions of the app. What takes long is begun; how it goes is in the state. */
export function updateHandlers(
  updates: Updates,
): Pick<Handlers, 'updates:look' | 'updates:download' | 'updates:install' | 'updates:postpone'> {
  return {
    'updates:look': () => void updates.look(),
    'updates:download': () => void updates.download(),
    'updates:install': () => void updates.install(),
    'updates:postpone': () => updates.postpone(),
  };
}
