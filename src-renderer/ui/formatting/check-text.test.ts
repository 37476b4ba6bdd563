import { describe, expect, it } from 'vitest';
import { checkText } from './check-text';

const STYLE = { language: 'en', hours: 24, dayFirst: true } as const;
const say = (name: string, text: string) => checkText(name, text, STYLE).replace(/\s/g, ' ');

describe('what a check compared', () => {
  it('shows the time of a slot as a time, never as a number of seconds', () => {
    const seconds = new Date(2026, 10, 26, 17, 5, 3).getTime() / 1000;
    expect(say('timestamp', String(seconds))).toBe('26 Nov 2026, 17:05:03');
  });

  it('shows a time that no calendar has as none, whatever a node says', () => {
    for (const wild of ['9007199254740991', '-9007199254740991']) expect(say('timestamp', wild)).toBe('—');
  });

  it('groups counts, and leaves the rest as it is', () => {
    expect(say('height', '1234567')).toBe('1,234,567');
    expect(say('gas', '≤ 50000000')).toBe('≤ 50,000,000');
    expect(say('chain_id', 'cpc-devnet-1')).toBe('cpc-devnet-1');
    expect(say('hash', '12')).toBe('12');
  });
});
