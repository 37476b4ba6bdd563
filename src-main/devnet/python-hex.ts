/**
 * Python 3.11's `bytes.fromhex`: white space between bytes is skipped, and the error says where it stopped.
 * Its words reach clients through rejections.
 */
export function pythonFromHex(text: string): Uint8Array {
  const bytes: number[] = [];
  let position = 0;
  while (position < text.length) {
    if (/[ \t-\r]/.test(text.charAt(position))) {
      position += 1;
      continue;
    }
    const high = text.charAt(position);
    const low = text.charAt(position + 1);
    const wrong = !/[0-9a-fA-F]/.test(high) ? position : !/[0-9a-fA-F]/.test(low) ? position + 1 : -1;
    if (wrong >= 0) throw new Error(`non-hexadecimal number found in fromhex() arg at position ${wrong}`);
    bytes.push(Number.parseInt(high + low, 16));
    position += 2;
  }
  return Uint8Array.from(bytes);
}
