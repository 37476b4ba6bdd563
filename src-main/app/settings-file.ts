import { readFileSync, statSync } from 'node:fs';
import { parseJson } from '../../src-shared/chain/json';
import { AppError } from '../../src-shared/errors';

/** What a file says of one name, and where the name is: the file and the line, from 1, as `rig.json:3`. */
export type FileEntry = { readonly name: string; readonly value: unknown; readonly place: string };

// The longest lists that settings have fit in it many times over.
const MOST_BYTES = 256 * 1024;

// A name with what follows it, or the edge of a list or object: of JSON that is known to be well formed.
const NAMES_AND_EDGES = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * Reads a file of settings.
 * @throws AppError `invalid_argument` for one that can't be read; as `settingsIn`
 */
export function readSettingsFile(file: string): FileEntry[] {
  try {
    if (statSync(file).size <= MOST_BYTES) return settingsIn(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code = String(error) } = error as { code?: string };
    throw new AppError('invalid_argument', `--settings: ${file} can't be read (${code}).`, {
      remedy: 'fix_input',
    });
  }
  throw refused(file, `It has over ${MOST_BYTES} bytes: it is something else.`);
}

/**
 * The entries of the text of a file of settings: one JSON object, in their order. A name that is there twice comes twice.
 * @throws AppError `invalid_settings` with the line for what is no JSON object
 */
export function settingsIn(text: string, file: string): FileEntry[] {
  const json = text.replace(/^\uFEFF/, '');
  try {
    parseJson(json);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { position = 0 } = error.params;
    throw refused(`${file}:${lineAt(json, Number(position))}`, error.message);
  }
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused(`${file}:1`, 'The settings are one JSON object, such as {"matrixSize": 1024}.');
  const values = new Map(Object.entries(value));
  return namesIn(json).map(({ name, line }) => ({ name, value: values.get(name), place: `${file}:${line}` }));
}

function namesIn(json: string): { readonly name: string; readonly line: number }[] {
  let depth = 0;
  return [...json.matchAll(NAMES_AND_EDGES)].flatMap(({ 0: token, 1: colon, index }) => {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth !== 1 || colon === undefined) return [];
    const name: string = JSON.parse(token.slice(0, -colon.length));
    return [{ name, line: lineAt(json, index) }];
  });
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function refused(where: string, why: string): AppError {
  return new AppError('invalid_settings', `${where}: ${why}`, { remedy: 'fix_input' });
}
