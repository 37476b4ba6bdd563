import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue, parseJson } from './json';
import { JsonNumber } from './json-value';
import { type FieldProblem, readTransaction } from './transaction-fields';

const number = (value: number) => JsonNumber.ofInteger(value);
const GOOD: JsonObject = {
  tx_type: 'TRANSFER',
  from_address: 'a',
  amount: number(1),
  nonce: number(0),
  payload: {},
};
const problems = (change: JsonObject): readonly FieldProblem[] => {
  const { transaction, problems: found } = readTransaction({ ...GOOD, ...change });
  expect(transaction === undefined).toBe(found.length > 0);
  return found;
};

describe('a transaction as the node’s model reads it', () => {
  it('is an object', () => {
    for (const input of [null, 'x', []] as JsonValue[]) {
      expect(readTransaction(input)).toEqual({
        transaction: undefined,
        problems: [{ field: '', type: 'model_type', input }],
      });
    }
  });

  it('names everything that is missing, in the model’s order', () => {
    const input: JsonObject = { to_address: 'b' };
    const missing = (field: string) => ({ field, type: 'missing', input });
    expect(readTransaction(input).problems).toEqual(
      ['tx_type', 'from_address', 'amount', 'nonce'].map(missing),
    );
  });

  it.each<[string, JsonValue, string]>([
    ['tx_type', 'transfer', 'enum'],
    ['tx_type', null, 'enum'],
    ['from_address', number(5), 'string_type'],
    ['from_address', null, 'string_type'],
    ['from_address', '\ud800', 'string_unicode'],
    ['to_address', number(5), 'string_type'],
    ['signature', null, 'string_type'],
    ['pub_key', '\udc00', 'string_unicode'],
    ['amount', null, 'int_type'],
    ['amount', 'x', 'int_parsing'],
    ['amount', new JsonNumber('1.5'), 'int_from_float'],
    ['fee', new JsonNumber('1e400'), 'finite_number'],
    ['gas_price', null, 'int_type'],
    ['gas_limit', 'x', 'int_parsing'],
    ['payload', null, 'dict_type'],
    ['payload', [], 'dict_type'],
    ['payload', 'x', 'dict_type'],
  ])('names what is wrong with %s: %j', (field, input, type) => {
    expect(problems({ [field]: input })).toEqual([{ field, type, input }]);
  });

  it('names keys that are no text', () => {
    const payload = parseJson('{"good":1,"\\ud800":2}') as JsonObject;
    expect(problems({ payload })).toEqual([
      { field: 'payload.\ud800.[key]', type: 'string_unicode', input: '\ud800' },
    ]);
  });

  it('takes none of what may be left out as missing', () => {
    const { payload: _payload, ...rest } = GOOD;
    expect(readTransaction(rest)).toEqual({
      transaction: {
        type: 'TRANSFER',
        from: 'a',
        to: null,
        amount: 1n,
        fee: 0n,
        nonce: 0n,
        signature: '',
        publicKey: '',
        payload: {},
        gasPrice: 0n,
        gasLimit: 0n,
      },
      problems: [],
    });
    expect(readTransaction({ ...GOOD, to_address: null }).transaction?.to).toBeNull();
    expect(readTransaction({ ...GOOD, to_address: 'b' }).transaction?.to).toBe('b');
  });
});
