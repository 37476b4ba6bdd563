import { z } from 'zod';

/** Characters of the longest name of an app. */
export const LONGEST_APP_NAME = 64;
/** Most apps of the list. */
export const MOST_APPS = 50;

/** Names of apps as they are kept: plain ones, each once. */
export const appNamesSchema = z.array(z.string().min(1).max(LONGEST_APP_NAME)).max(MOST_APPS);

/**
 * An app's name as it is compared, whether a person typed it or the system told it: of a path the last part, without
 * `.exe` or `.app`, in lower case. Empty where nothing is left.
 */
export function plainAppName(text: string): string {
  const name = text.trim().split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\.(exe|app)$/, '')
    .trim()
    .slice(0, LONGEST_APP_NAME);
}

/** Plain names, each once, in the order they were given. */
export function plainAppNames(names: readonly string[]): string[] {
  return [...new Set(names.map(plainAppName))].filter((name) => name !== '').slice(0, MOST_APPS);
}
