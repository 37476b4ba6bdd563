import { TRANSACTION_TYPES, type TransactionType } from './gas';
import type { JsonValue } from './json';
import { asObject, type JsonObject, member } from './json-value';
import type { Nonce } from './nonce';
import { type IntegerRefusal, isWellFormed, laxInteger, laxString } from './pydantic';

/** A transaction as the chain sees it. Amounts and fees are in minimal units, gas prices in units per gas. */
export type Transaction = {
  readonly type: TransactionType;
  readonly from: string;
  readonly to: string | null;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly nonce: Nonce;
  /** `r‖s`, hex; empty while unsigned. */
  readonly signature: string;
  /** The sender's compressed public key, hex. */
  readonly publicKey: string;
  readonly payload: JsonObject;
  readonly gasPrice: bigint;
  readonly gasLimit: bigint;
};

/** One field the node's model refuses; `type` is pydantic's name for the reason. */
export type FieldProblem = {
  /** The wire name, or empty where the whole is not an object. */
  readonly field: string;
  readonly type:
    | IntegerRefusal
    | 'missing'
    | 'string_type'
    | 'string_unicode'
    | 'enum'
    | 'dict_type'
    | 'model_type';
  readonly input: JsonValue;
};

export type ReadTransaction = {
  readonly transaction: Transaction | undefined;
  /** Every problem, in the model's field order. */
  readonly problems: readonly FieldProblem[];
};

/** Reads a transaction as the node's pydantic model does, collecting all problems. */
export function readTransaction(json: JsonValue): ReadTransaction {
  const object = asObject(json);
  if (object === undefined) {
    return { transaction: undefined, problems: [{ field: '', type: 'model_type', input: json }] };
  }
  const fields = new Fields(object);
  const transaction: Transaction = {
    type: fields.type('tx_type'),
    from: fields.text('from_address'),
    to: member(object, 'to_address') == null ? null : fields.text('to_address'),
    amount: fields.integer('amount'),
    fee: fields.integer('fee', 0n),
    nonce: fields.integer('nonce') as Nonce, // the model takes any integer; mempool and state judge it
    signature: fields.text('signature', ''),
    publicKey: fields.text('pub_key', ''),
    payload: fields.dictionary('payload'),
    gasPrice: fields.integer('gas_price', 0n),
    gasLimit: fields.integer('gas_limit', 0n),
  };
  const { problems } = fields;
  return { transaction: problems.length === 0 ? transaction : undefined, problems };
}

/** Reads field by field; after a problem the value returned is a placeholder that never leaves this file. */
class Fields {
  readonly problems: FieldProblem[] = [];
  readonly #object: JsonObject;

  constructor(object: JsonObject) {
    this.#object = object;
  }

  type(field: string): TransactionType {
    const value = this.#present(field);
    if (value === undefined) return 'TRANSFER';
    const found = TRANSACTION_TYPES.find((type) => type === value);
    if (found === undefined) this.problems.push({ field, type: 'enum', input: value });
    return found ?? 'TRANSFER';
  }

  text(field: string, fallback?: string): string {
    const value = this.#present(field, fallback);
    if (value === undefined) return '';
    const text = laxString(value);
    if (text === undefined) {
      const type = typeof value === 'string' ? 'string_unicode' : 'string_type';
      this.problems.push({ field, type, input: value });
    }
    return text ?? '';
  }

  integer(field: string, fallback?: bigint): bigint {
    if (fallback !== undefined && !Object.hasOwn(this.#object, field)) return fallback;
    const value = this.#present(field);
    if (value === undefined) return 0n;
    const integer = laxInteger(value);
    if (typeof integer === 'bigint') return integer;
    this.problems.push({ field, type: integer, input: value });
    return 0n;
  }

  dictionary(field: string): JsonObject {
    const value = this.#present(field, {});
    const object = asObject(value);
    if (object === undefined) {
      this.problems.push({ field, type: 'dict_type', input: value ?? null });
      return {};
    }
    for (const key of Object.keys(object)) {
      if (!isWellFormed(key))
        this.problems.push({ field: `${field}.${key}.[key]`, type: 'string_unicode', input: key });
    }
    return object;
  }

  #present(field: string, fallback?: JsonValue): JsonValue | undefined {
    const value = member(this.#object, field) ?? (Object.hasOwn(this.#object, field) ? null : fallback);
    if (value === undefined) this.problems.push({ field, type: 'missing', input: this.#object });
    return value;
  }
}
