import { plainPrivateKey } from '../../../src-shared/pasted-text';

/** What can be said about a typed private key without keeping it. */
export type KeyShape =
  | { readonly kind: 'empty' | 'no_key' | 'not_hex' | 'too_long' | 'complete' }
  | { readonly kind: 'partial'; readonly length: number };

const HEX_LENGTH = 64;

/** Looks at the form alone; whether the number is on the curve is for main to say. */
export function privateKeyShape(typed: string): KeyShape {
  const text = plainPrivateKey(typed);
  if (text === null) return { kind: 'no_key' };
  if (text === '') return { kind: 'empty' };
  if (!/^[0-9a-f]+$/.test(text)) return { kind: 'not_hex' };
  if (text.length > HEX_LENGTH) return { kind: 'too_long' };
  return text.length === HEX_LENGTH ? { kind: 'complete' } : { kind: 'partial', length: text.length };
}
