import type { TFunction } from 'i18next';
import { en } from '../locales/en';

/** What was wrong with a result, in words; a fault this ui does not know is shown as main wrote it. */
export function selfCheckFault(t: TFunction, why: string): string {
  return isKnown(why) ? t(`graphics.fault.${why}`) : why;
}

function isKnown(why: string): why is keyof typeof en.graphics.fault {
  return Object.hasOwn(en.graphics.fault, why);
}
