import { AppError } from '../../src-shared/errors';
import { plainText } from '../../src-shared/pasted-text';

/** Characters of the longest token; a keychain of Windows keeps no longer ones. */
const LONGEST = 1024;

/**
 * A token as it goes into a header (RFC 9110, 5.5: visible characters), from what was typed or read from a file; the word
 * before it that it may have been copied with is left out.
 * @throws AppError `invalid_token`, which does not repeat it
 */
export function parseToken(text: string): string {
  const token = plainText(text).replace(/^bearer\s+/i, '');
  if (/^[\x21-\x7e]+$/.test(token) && token.length <= LONGEST) return token;
  throw new AppError(
    'invalid_token',
    `This is no token: 1 to ${LONGEST} letters, digits and signs without a space are needed.`,
    { remedy: 'fix_input', params: { limit: LONGEST } },
  );
}
