// What the standard calls the types of messages: D-Bus Specification, "Message Format".
const TYPES = ['call', 'reply', 'error', 'signal'] as const;
const LITTLE_ENDIAN = 0x6c;
const PROTOCOL = 1;
const FIXED_HEADER_BYTES = 16;
// The specification allows 128 MiB; what is asked for here is some hundred bytes.
const MOST_BYTES = 1 << 20;

/** A value of those types that are needed here: `s`, `o` or `g`; `b`; `u`; `v` of one of these. `t` is read, and not written. */
type DbusValue = string | boolean | number | { readonly variant: string | boolean | number };

/** A message on a bus. */
export type DbusMessage = {
  readonly type: (typeof TYPES)[number];
  readonly serial: number;
  /** The serial of the call that a reply or an error answers. */
  readonly replyTo?: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly error?: string;
  readonly destination?: string;
  readonly sender?: string;
  /** As far as its types are known. */
  readonly body: readonly DbusValue[];
};

/** Header fields by the standard's numbers; those left out are not needed here. */
const FIELDS = {
  path: { code: 1, type: 'o' },
  interface: { code: 2, type: 's' },
  member: { code: 3, type: 's' },
  error: { code: 4, type: 's' },
  replyTo: { code: 5, type: 'u' },
  destination: { code: 6, type: 's' },
  sender: { code: 7, type: 's' },
} as const;
const SIGNATURE_FIELD = 8;
const FIELD_NAMES = Object.keys(FIELDS) as (keyof typeof FIELDS)[]; // its own keys

/** A message as it goes over the wire. */
export function encodeMessage(message: DbusMessage): Buffer {
  const body = new Writer();
  for (const value of message.body) body.value(typeOf(value), value);
  const fields = new Writer();
  const field = (code: number, type: string, value: DbusValue) => {
    fields.align(8);
    fields.bytes.push(code);
    fields.value('g', type);
    fields.value(type, value);
  };
  for (const name of FIELD_NAMES) {
    const value = message[name];
    if (value !== undefined) field(FIELDS[name].code, FIELDS[name].type, value);
  }
  if (message.body.length > 0) field(SIGNATURE_FIELD, 'g', message.body.map(typeOf).join(''));
  const header = new Writer();
  header.bytes.push(LITTLE_ENDIAN, TYPES.indexOf(message.type) + 1, 0, PROTOCOL);
  header.value('u', body.bytes.length);
  header.value('u', message.serial);
  header.value('u', fields.bytes.length);
  header.bytes.push(...fields.bytes);
  header.align(8);
  return Buffer.from([...header.bytes, ...body.bytes]);
}

/**
 * The first message in what came over the wire.
 * @returns null where it is not whole yet
 * @throws RangeError, Error where that is no message, or one larger than any that is asked for
 */
export function decodeMessage(
  bytes: Buffer,
): { readonly message: DbusMessage; readonly size: number } | null {
  if (bytes.length < FIXED_HEADER_BYTES) return null;
  const type = TYPES[(bytes[1] ?? 0) - 1];
  if (bytes[0] !== LITTLE_ENDIAN || type === undefined) throw new Error('not a message of this bus');
  const bodyBytes = bytes.readUInt32LE(4);
  const fieldsEnd = FIXED_HEADER_BYTES + bytes.readUInt32LE(12);
  const bodyStart = aligned(fieldsEnd, 8);
  const size = bodyStart + bodyBytes;
  if (size > MOST_BYTES) throw new Error(`a message of ${size} bytes`);
  if (bytes.length < size) return null;
  const fields = new Map<number, DbusValue>();
  const reader = new Reader(bytes.subarray(0, fieldsEnd), FIXED_HEADER_BYTES);
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    fields.set(code, reader.value('v'));
  }
  const named = FIELD_NAMES.flatMap((name) => {
    const value = fields.get(FIELDS[name].code);
    return value === undefined ? [] : [[name, inside(value)]];
  });
  const signature = inside(fields.get(SIGNATURE_FIELD) ?? '');
  const body = bodyOf(new Reader(bytes.subarray(0, size), bodyStart), String(signature));
  // Each field under its own name, and of the type that the standard gives it.
  return { message: { ...Object.fromEntries(named), type, serial: bytes.readUInt32LE(8), body }, size };
}

/** Values up to the first of a type that is not needed here; how long the message is does not depend on them. */
function bodyOf(reader: Reader, signature: string): DbusValue[] {
  const body: DbusValue[] = [];
  try {
    for (const type of signature) body.push(reader.value(type));
  } catch {
    // What was read stands.
  }
  return body;
}

function inside(value: DbusValue): string | boolean | number {
  return typeof value === 'object' ? value.variant : value;
}

function typeOf(value: DbusValue): string {
  if (typeof value === 'object') return 'v';
  if (typeof value === 'string') return 's';
  return typeof value === 'boolean' ? 'b' : 'u';
}

function aligned(at: number, to: number): number {
  return Math.ceil(at / to) * to;
}

class Writer {
  readonly bytes: number[] = [];

  align(to: number): void {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
  }

  value(type: string, value: DbusValue): void {
    if (typeof value === 'object') {
      this.value('g', typeOf(value.variant));
      this.value(typeOf(value.variant), value.variant);
    } else if (typeof value === 'string') this.#text(type, Buffer.from(value));
    else this.#number(Number(value));
  }

  #number(value: number): void {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.bytes.push(...bytes);
  }

  #text(type: string, text: Buffer): void {
    if (type === 'g') this.bytes.push(text.length);
    else this.#number(text.length);
    this.bytes.push(...text, 0);
  }
}

class Reader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  align(to: number): void {
    this.at = aligned(this.at, to);
  }

  byte(): number {
    this.at += 1;
    return this.#bytes.readUInt8(this.at - 1);
  }

  value(type: string): DbusValue {
    if (type === 's' || type === 'o') return this.#text(this.#number());
    if (type === 'g') return this.#text(this.byte());
    if (type === 'b') return this.#number() !== 0;
    if (type === 'u') return this.#number();
    if (type === 't') return this.#long();
    if (type !== 'v') throw new Error(`a value of type ${type}`);
    const variant = this.value(this.#text(this.byte()));
    return { variant: inside(variant) };
  }

  #number(): number {
    this.align(4);
    this.at += 4;
    return this.#bytes.readUInt32LE(this.at - 4);
  }

  #long(): number {
    this.align(8);
    this.at += 8;
    return Number(this.#bytes.readBigUInt64LE(this.at - 8));
  }

  #text(length: number): string {
    const end = this.at + length;
    if (end >= this.#bytes.length) throw new RangeError('a text beyond its message');
    const text = this.#bytes.toString('utf8', this.at, end);
    this.at = end + 1;
    return text;
  }
}
