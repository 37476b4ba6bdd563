import { invalidJson, JsonParser } from './json-parser';
import { asObject, JsonNumber, type JsonObject, type JsonValue } from './json-value';
import { pythonFloatRepr } from './python-float';

export type { JsonObject, JsonValue } from './json-value';

export type JsonLimits = {
  /** Arrays and objects inside one another; 200 unless told, as in the node's own parser. */
  readonly maxDepth?: number;
  /** Size of the text in UTF-8 bytes; 64 MiB unless told. */
  readonly maxBytes?: number;
};

const DEFAULT_MAX_DEPTH = 200;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Parses JSON without losing anything of a number. Of keys given twice the last wins, as in Python.
 * @throws AppError `invalid_json` for malformed, too deep or too big input.
 */
export function parseJson(text: string, limits: JsonLimits = {}): JsonValue {
  const maxBytes = limits.maxBytes ?? DEFAULT_MAX_BYTES;
  if (text.length * 3 > maxBytes && utf8Length(text, maxBytes) > maxBytes) {
    throw invalidJson(`The text is larger than ${maxBytes} bytes.`);
  }
  return new JsonParser(text, limits.maxDepth ?? DEFAULT_MAX_DEPTH).document();
}

/** Compact JSON; number tokens as they were. */
export function stringifyJson(value: JsonValue): string {
  return write(value, PLAIN);
}

/**
 * Python's `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)`, which a transaction's
 * hash covers (l1-protocol.md, "Transaction"). DEL is escaped, whatever the prose there says: the vectors do.
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, CANONICAL);
}

/** Orders strings by Unicode code point, as Python does; JavaScript's own order is by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length) {
    const left = a.codePointAt(index) ?? 0;
    const right = b.codePointAt(index) ?? 0;
    if (left !== right) return left - right;
    index += left > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}

type Style = {
  readonly string: (text: string) => string;
  readonly number: (number: JsonNumber) => string;
  readonly keys: (object: JsonObject) => string[];
};

const PLAIN: Style = { string: JSON.stringify, number: (number) => number.token, keys: Object.keys };

const CANONICAL: Style = {
  string: asciiString,
  number: pythonNumber,
  keys: (object) => Object.keys(object).sort(compareCodePoints),
};

function write(value: JsonValue, style: Style): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return style.string(value);
  if (value instanceof JsonNumber) return style.number(value);
  const object = asObject(value);
  if (object !== undefined) {
    const member = (key: string): string => `${style.string(key)}:${write(object[key] ?? null, style)}`;
    return `{${style.keys(object).map(member).join(',')}}`;
  }
  // What is none of the above is an array; Array.isArray cannot narrow a readonly one.
  return `[${(value as readonly JsonValue[]).map((item) => write(item, style)).join(',')}]`;
}

function asciiString(text: string): string {
  // JSON.stringify's escapes are Python's; the rest, UTF-16 unit by unit, is what ensure_ascii adds.
  const escaped = JSON.stringify(text);
  return escaped.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pythonNumber(number: JsonNumber): string {
  if (number.isInteger) return number.token === '-0' ? '0' : number.token;
  const value = number.toDouble();
  // json.dumps spells the infinities its own way, unlike repr.
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return pythonFloatRepr(value);
}

/** Bytes of the text in UTF-8; counting stops once past the limit. */
function utf8Length(text: string, limit: number): number {
  let bytes = 0;
  for (let index = 0; index < text.length && bytes <= limit; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
