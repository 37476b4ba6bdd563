/** What a person can have done by the keyboard anywhere in the window. */
type WindowCommand = 'quit' | 'zoomIn' | 'zoomOut' | 'zoomReset';

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const BY_KEY: Readonly<Record<string, WindowCommand>> = {
  q: 'quit',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  _: 'zoomOut',
  '0': 'zoomReset',
};

// Where a key gives a letter of another script, its place on the keyboard counts.
const BY_PLACE: Readonly<Record<string, WindowCommand>> = { KeyQ: 'quit' };

/** The command that a pressed key stands for, or null. The window has no menu that would know them. */
export function windowCommand(
  { key, code, ctrlKey, metaKey, altKey }: Pressed,
  isMac: boolean,
): WindowCommand | null {
  const isHeld = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (!isHeld || altKey) return null;
  const isLatin = /^[\x20-\x7e]$/.test(key);
  return BY_KEY[key.toLowerCase()] ?? (isLatin ? null : (BY_PLACE[code] ?? null));
}
