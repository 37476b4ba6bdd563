import { TRANSACTION_TYPES } from '../../src-shared/chain/gas';
import type { JsonValue } from '../../src-shared/chain/json';
import { JsonNumber, type JsonObject } from '../../src-shared/chain/json-value';
import type { FieldProblem } from '../../src-shared/chain/transaction-fields';

const QUOTED_TYPES = TRANSACTION_TYPES.map((type) => `'${type}'`);
const EXPECTED_TYPE = `${QUOTED_TYPES.slice(0, -1).join(', ')} or ${QUOTED_TYPES.at(-1)}`;

/** pydantic's sentence for each of its reasons. */
const MESSAGES: Readonly<Record<FieldProblem['type'] | 'bool_parsing' | 'model_attributes_type', string>> = {
  missing: 'Field required',
  int_type: 'Input should be a valid integer',
  int_parsing: 'Input should be a valid integer, unable to parse string as an integer',
  int_parsing_size: 'Unable to parse input string as an integer, exceeded maximum size',
  int_from_float: 'Input should be a valid integer, got a number with a fractional part',
  finite_number: 'Input should be a finite number',
  string_type: 'Input should be a valid string',
  string_unicode: 'Input should be a valid string, unable to parse raw data as a unicode string',
  enum: `Input should be ${EXPECTED_TYPE}`,
  dict_type: 'Input should be a valid dictionary',
  model_type: 'Input should be a valid dictionary or object to extract fields from',
  model_attributes_type: 'Input should be a valid dictionary or object to extract fields from',
  bool_parsing: 'Input should be a valid boolean, unable to interpret input',
};

/** One entry of a 422's detail list. */
export function validationError(
  type: keyof typeof MESSAGES,
  location: readonly string[],
  input: JsonValue,
): JsonObject {
  const error = { type, loc: location, msg: MESSAGES[type], input };
  return type === 'enum' ? { ...error, ctx: { expected: EXPECTED_TYPE } } : error;
}

/** The detail list for a body that is no transaction. */
export function bodyErrors(problems: readonly FieldProblem[]): JsonValue {
  return problems.map(({ field, type, input }) => {
    if (type === 'model_type') return validationError('model_attributes_type', ['body'], input);
    return validationError(type, ['body', ...(field === '' ? [] : field.split('.'))], input);
  });
}

/** The detail list for a body that is no JSON; positions as Python's parser counts them. */
export function jsonErrors(position: number, reason: string): JsonValue {
  const at = JsonNumber.ofInteger(position);
  const ctx = { error: reason };
  return [{ type: 'json_invalid', loc: ['body', at], msg: 'JSON decode error', input: {}, ctx }];
}
