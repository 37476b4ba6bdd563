import { AppError } from '../errors';

/** How many transactions an account has had confirmed before this one. May exceed 2^53 in what others send. */
export type Nonce = bigint & { readonly __brand: 'Nonce' };

/** @throws AppError `invalid_argument` for a negative one. */
export function toNonce(value: bigint | number): Nonce {
  const nonce = BigInt(value);
  if (nonce < 0n) throw new AppError('invalid_argument', 'A nonce is not negative.');
  return nonce as Nonce; // checked just above
}
