import type { TFunction } from 'i18next';
import { en } from '../locales/en';

/** The translated name of a check; a name this ui does not know is shown as main wrote it, with spaces. */
export function checkName(t: TFunction, name: string): string {
  return isKnown(name) ? t(`checkName.${name}`) : name.replaceAll('_', ' ');
}

function isKnown(name: string): name is keyof typeof en.checkName {
  return Object.hasOwn(en.checkName, name);
}
