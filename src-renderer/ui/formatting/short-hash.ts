/** A hash, id or address with its middle left out: `a1b2c3…d4e5f6`. Short texts stay as they are. */
export function shortHash(text: string, head = 6, tail = 6): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}
