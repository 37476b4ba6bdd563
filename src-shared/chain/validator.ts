import { AppError } from '../errors';
import type { JsonValue } from './json';
import { asObject, member } from './json-value';
import { laxInteger, laxString } from './pydantic';

/** A validator as `/validators` lists it; only what a client needs. */
export type Validator = {
  /** `cpcvalcons1…`, as in `proposer_address`. */
  readonly address: string;
  /** The compressed secp256k1 key its blocks are signed with, hex. */
  readonly publicKey: string;
  readonly power: bigint;
  readonly isActive: boolean;
  readonly name: string | null;
  /** Where its rewards go, or null where that follows from its key. */
  readonly rewardAddress: string | null;
};

/**
 * The list of `/validators`.
 * @throws AppError `node_bad_answer` where it is not such a list.
 */
export function parseValidators(json: JsonValue): Validator[] {
  const answer = asObject(json);
  const list = answer === undefined ? undefined : member(answer, 'validators');
  if (!Array.isArray(list)) throw badAnswer();
  return list.map(parseValidator);
}

function parseValidator(json: JsonValue): Validator {
  const validator = asObject(json);
  if (validator === undefined) throw badAnswer();
  const address = laxString(member(validator, 'address'));
  const publicKey = laxString(member(validator, 'pq_pub_key'));
  const power = laxInteger(member(validator, 'power'));
  if (address === undefined || publicKey === undefined || typeof power !== 'bigint') throw badAnswer();
  return {
    address,
    publicKey,
    power,
    isActive: member(validator, 'is_active') !== false,
    name: laxString(member(validator, 'name')) ?? null,
    rewardAddress: laxString(member(validator, 'reward_address')) ?? null,
  };
}

function badAnswer(): AppError {
  return new AppError('node_bad_answer', 'The node did not answer with a list of validators.');
}
