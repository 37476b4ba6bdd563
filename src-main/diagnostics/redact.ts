// Names under which 64 hex characters are a public hash and may be printed.
const PUBLIC_HASH =
  /(?:hash|root|seed|digest|tx|block|task|genesis|result|tip)[\w ]*["']?\s*[:=#]?\s*["']?$/i;
const SECRET_NAME =
  /(private[_-]?key|secret|passphrase|password|mnemonic|seed[_-]?phrase|authorization)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|\S+)/gi;
const HEX_64 = /(?<![0-9a-fA-F])(0x)?[0-9a-fA-F]{64}(?![0-9a-fA-F])/g;

/** A log line without secrets: values under secret names, and 64 hex characters not named as a public hash. */
export function redact(line: string): string {
  return line
    .replace(SECRET_NAME, '$1$2[redacted]')
    .replace(HEX_64, (match, _prefix, offset: number, whole: string) => {
      return PUBLIC_HASH.test(whole.slice(Math.max(0, offset - 40), offset)) ? match : '[redacted]';
    });
}
