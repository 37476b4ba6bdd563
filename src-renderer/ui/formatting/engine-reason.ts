import type { TFunction } from 'i18next';
import { en } from '../locales/en';

/** Why the engine was chosen, in words; a reason this ui does not know is shown as main wrote it. */
export function engineReason(t: TFunction, reason: string): string {
  return isKnown(reason) ? t(`engineReason.${reason}`) : reason;
}

function isKnown(reason: string): reason is keyof typeof en.engineReason {
  return Object.hasOwn(en.engineReason, reason);
}
