import type { TFunction } from 'i18next';
import type { Finding } from '../../../src-shared/doctor/report';
import { amountText } from './amount';
import { formatDuration } from './duration';
import { errorText } from './error-text';
import { formatGib, formatInteger, formatLarge } from './number';

/** What a look found, in the person's language: the sentence of its code, or of its error. */
export function findingText(t: TFunction, { code, params, error }: Finding, locale: string): string {
  if (error !== null) return errorText(t, error, locale);
  return code === null ? '' : t(`doctor.found.${code}`, readable(t, params, locale));
}

/** Values as people read them: amounts travel in units, spans in s, sizes in bytes. */
function readable(t: TFunction, params: Finding['params'], locale: string): Finding['params'] {
  const as: Record<string, (value: string) => string> = {
    balance: (units) => amountText(units, locale),
    results: (count) => formatLarge(BigInt(count), locale),
    height: (height) => formatInteger(Number(height), locale),
    behind: (blocks) => formatInteger(Number(blocks), locale),
    ms: (ms) => formatInteger(Number(ms), locale),
    seconds: (seconds) => formatDuration(Number(seconds) * 1000, locale),
    free: (bytes) => t('graphics.gib', { value: formatGib(Number(bytes), locale) }),
    engine: (engine) => (engine === 'webgpu' ? t('engine.webgpu') : t('engine.cpu')),
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, as[name]?.(String(value)) ?? value]),
  );
}
