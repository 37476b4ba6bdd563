import type { TFunction } from 'i18next';
import type { ErrorReport } from '../../../src-shared/errors';
import { enErrors } from '../locales/en-errors';

/** The translated sentence of an error; the report's own message where the code is one this ui does not know. */
export function errorText(t: TFunction, report: ErrorReport): string {
  if (!Object.hasOwn(enErrors, report.code)) return report.message;
  return t(`error.${report.code}`, { ...report.params });
}
