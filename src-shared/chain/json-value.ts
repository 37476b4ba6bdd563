/** A parsed JSON text whose numbers are still tokens. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/**
 * A number of a JSON text, kept as its token: an integer and a float of the same value stay different things,
 * and no digit of a big integer is lost (l1-protocol.md, "Transaction").
 */
export class JsonNumber {
  /** As written, such as `1`, `1.0`, `-2e7`. */
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  static ofInteger(value: bigint | number): JsonNumber {
    return new JsonNumber(value.toString());
  }

  /** Whether the token has neither a fraction nor an exponent; `1.0` is not an integer. */
  get isInteger(): boolean {
    return !/[.eE]/.test(this.token);
  }

  /** The exact value of an integer token. Bounded, since `parseJson` bounds the digits. */
  toBigInt(): bigint {
    return BigInt(this.token);
  }

  /** The nearest double; infinite where the token is beyond them. */
  toDouble(): number {
    return Number(this.token);
  }
}

/** The object a value is, or undefined. */
export function asObject(value: JsonValue | undefined): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return undefined;
  // Narrowing a readonly array out of the union is beyond Array.isArray's signature.
  return Array.isArray(value) ? undefined : (value as JsonObject);
}

/** An object's own member; keys such as `__proto__` or `toString` are nothing special. */
export function member(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
