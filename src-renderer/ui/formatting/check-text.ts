import type { TimeStyle } from '../../../src-shared/regional-time';
import { formatInteger } from './number';
import { absoluteTime } from './time';

const COUNTS = new Set(['height', 'gas', 'tx_signatures']);

/** What a check compared, as people read it: the slot as a time, counts grouped; hashes and words as they are. */
export function checkText(name: string, text: string, style: TimeStyle): string {
  if (name === 'timestamp' && /^-?\d+$/.test(text)) return absoluteTime(Number(text) * 1000, style);
  if (!COUNTS.has(name)) return text;
  return text.replace(/\d+/, (digits) => formatInteger(BigInt(digits), style.language));
}
