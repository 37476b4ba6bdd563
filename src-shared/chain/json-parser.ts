import { AppError, type ErrorParams } from '../errors';
import { JsonNumber, type JsonObject, type JsonValue } from './json-value';

/** CPython, and so the node, refuses integers of more digits; it also bounds what a token can cost us. */
const MAX_INTEGER_DIGITS = 4300;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * One pass over an RFC 8259 text. Written here because lossless-json, measured first, reads a block of 50
 * results in 7 ms, most of what checking it may cost; sticky expressions read it in a tenth of that.
 */
export class JsonParser {
  readonly #text: string;
  readonly #maxDepth: number;
  #position = 0;
  #depth = 0;
  readonly #space = /[ \t\n\r]*/y;
  // The characters a string can hold as they are: no quote, no backslash, no control character.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 excludes them.
  readonly #plain = /[^"\\\u0000-\u001f]*/y;
  readonly #number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  document(): JsonValue {
    const value = this.#value();
    this.#skipSpace();
    if (this.#position < this.#text.length) throw this.#unexpected('the end');
    return value;
  }

  #value(): JsonValue {
    this.#skipSpace();
    const char = this.#text[this.#position];
    if (char === '"') return this.#string();
    if (char === '{') return this.#nested(() => this.#object());
    if (char === '[') return this.#nested(() => this.#array());
    if (this.#take('null')) return null;
    if (this.#take('true')) return true;
    if (this.#take('false')) return false;
    return this.#numberToken();
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) throw invalidJson(`More than ${this.#maxDepth} levels deep.`);
    this.#position += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonObject {
    const object: Record<string, JsonValue> = {};
    this.#skipSpace();
    if (this.#take('}')) return object;
    do {
      this.#skipSpace();
      if (this.#text[this.#position] !== '"') throw this.#unexpected('a quoted key');
      const key = this.#string();
      this.#skipSpace();
      if (!this.#take(':')) throw this.#unexpected("':'");
      const value = this.#value();
      if (key === '__proto__') {
        // Plain assignment would call the setter every object inherits.
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      } else {
        object[key] = value;
      }
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#unexpected("',' or '}'");
    return object;
  }

  #array(): JsonValue[] {
    const array: JsonValue[] = [];
    this.#skipSpace();
    if (this.#take(']')) return array;
    do {
      array.push(this.#value());
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#unexpected("',' or ']'");
    return array;
  }

  #string(): string {
    this.#position += 1;
    const parts: string[] = [];
    for (;;) {
      const chunk = this.#match(this.#plain);
      const char = this.#text[this.#position];
      if (char === '"') {
        this.#position += 1;
        if (parts.length === 0) return chunk;
        parts.push(chunk);
        return parts.join('');
      }
      if (char !== '\\') throw this.#unexpected('a closing quote');
      parts.push(chunk, this.#escape());
    }
  }

  #escape(): string {
    const char = this.#text[this.#position + 1] ?? '';
    const simple = ESCAPES.get(char);
    if (simple !== undefined) {
      this.#position += 2;
      return simple;
    }
    const hex = this.#text.slice(this.#position + 2, this.#position + 6);
    if (char !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#unexpected('a known escape');
    this.#position += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #numberToken(): JsonNumber {
    const token = this.#match(this.#number);
    if (token === '') throw this.#unexpected('a value');
    const number = new JsonNumber(token);
    const digits = token.length - (token.startsWith('-') ? 1 : 0);
    if (digits > MAX_INTEGER_DIGITS && number.isInteger) {
      throw invalidJson(`A whole number of more than ${MAX_INTEGER_DIGITS} digits.`);
    }
    return number;
  }

  #take(word: string): boolean {
    if (!this.#text.startsWith(word, this.#position)) return false;
    this.#position += word.length;
    return true;
  }

  #skipSpace(): void {
    const code = this.#text.charCodeAt(this.#position);
    if (code <= 0x20) this.#match(this.#space);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    pattern.test(this.#text);
    const start = this.#position;
    this.#position = Math.max(start, pattern.lastIndex);
    return this.#text.slice(start, this.#position);
  }

  #unexpected(wanted: string): AppError {
    const found = this.#text[this.#position];
    const what = found === undefined ? 'the text ends' : `there is ${JSON.stringify(found)}`;
    const params = { position: this.#position, expected: wanted };
    return invalidJson(`At character ${this.#position} ${wanted} was expected, but ${what}.`, params);
  }
}

/** The one error for text that is not JSON, or not JSON we are willing to read. */
export function invalidJson(message: string, params: ErrorParams = {}): AppError {
  return new AppError('invalid_json', message, { params });
}
