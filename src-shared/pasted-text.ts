/** As much as a field takes: a hash in groups with all that comes with it, or a whole key file. */
export const LONGEST_PASTE = 2048;
/** Characters of the longest file that is read as a backup of a key; they have some 500. */
export const LONGEST_BACKUP = 4096;

const QUOTES = '"\'`«»“”„‘’';
const OUTER = new RegExp(`^[\\s${QUOTES}]+|[\\s${QUOTES}]+$`, 'gu');

/** What was pasted without what no one sees (soft hyphens, zero-width and direction marks) and outer spaces and quotes. */
export function plainText(pasted: string): string {
  return pasted.replace(/\p{Cf}/gu, '').replace(OUTER, '');
}

/** A hash or an id: plain, in one piece however it was wrapped or grouped, without `0x`, lower-case. */
export function plainHex(pasted: string): string {
  return plainText(pasted).normalize('NFKC').replace(/\s/g, '').replace(/^0x/i, '').toLowerCase();
}

/** A whole number without the marks between its groups of three, as `1,234` or `1 234`; other text stays as it is. */
export function plainNumber(pasted: string): string {
  const text = plainText(pasted).normalize('NFKC').replace(/^#/, '');
  return /^\d{1,3}(?:[\s,'’_]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
}

/** What a search is for: a height or a part of a hash or an id. */
export function plainSearch(pasted: string): string {
  return plainHex(plainNumber(pasted));
}

/**
 * The digits of a private key as pasted: alone, in groups, or in the key file of the chain's command line (JSON with
 * `private_key`, l1-protocol.md, "Keys and addresses"). Null for a key file without one. Nothing of it goes into an error.
 */
export function plainPrivateKey(pasted: string): string | null {
  const text = plainText(pasted);
  if (!text.startsWith('{')) return plainHex(text).replace(/[:_-]/g, '');
  try {
    const file: unknown = JSON.parse(text);
    const key = (file as { private_key?: unknown }).private_key; // an object: it begins with a brace
    return typeof key === 'string' ? plainHex(key) : null;
  } catch {
    return null;
  }
}
