import type { TFunction } from 'i18next';
import type { ErrorParams, ErrorReport } from '../../../src-shared/errors';
import { enErrorDetails } from '../locales/en-error-details';
import { enErrorFaults } from '../locales/en-error-faults';
import { enErrors } from '../locales/en-errors';
import { amountText } from './amount';
import { formatDuration } from './duration';

/**
 * The translated sentence of an error: the fuller one when the report carries every value it names, else the plain
 * one; the report's own message where the code is one this ui does not know.
 */
export function errorText(t: TFunction, report: ErrorReport, locale: string): string {
  const { code, params } = report;
  const fault = `${code}_${params.fault}`;
  if (isFault(fault)) return t(`errorFault.${fault}`, readable(params, locale));
  if (hasDetails(code) && namedIn(enErrorDetails[code]).every((name) => isTold(params, name))) {
    return t(`errorDetail.${code}`, readable(params, locale));
  }
  return Object.hasOwn(enErrors, code) ? t(`error.${code}`) : report.message;
}

/** What exactly is wrong with something that was typed has a sentence of its own. */
function isFault(fault: string): fault is keyof typeof enErrorFaults {
  return Object.hasOwn(enErrorFaults, fault);
}

/** The values a text names in double braces. */
export function namedIn(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? []);
}

function hasDetails(code: string): code is keyof typeof enErrorDetails {
  return Object.hasOwn(enErrorDetails, code);
}

// The development network in the app has no address that would tell a person anything.
function isTold(params: ErrorParams, name: string): boolean {
  return Object.hasOwn(params, name) && params[name] !== '' && params[name] !== 'built-in';
}

/** A parameter that is a span of time is called by its unit. */
const SPANS_MS = { seconds: 1000, minutes: 60_000 };

/** The values as people read them: amounts travel as minimal units, spans of time as numbers of one unit. */
function readable(params: ErrorParams, locale: string): ErrorParams {
  const amounts = ['balance', 'needed', 'fee', 'spent', 'ceiling'].flatMap((name) => {
    const units = String(params[name] ?? '');
    return /^\d{1,128}$/.test(units) ? [[name, unbroken(amountText(units, locale))]] : [];
  });
  const spans = Object.entries(SPANS_MS).flatMap(([name, unitMs]) => {
    const value = Number(params[name] ?? Number.NaN);
    return Number.isFinite(value) ? [[name, unbroken(formatDuration(value * unitMs, locale))]] : [];
  });
  return { ...params, ...Object.fromEntries([...amounts, ...spans]) };
}

/** A number stays on one line with its unit. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
