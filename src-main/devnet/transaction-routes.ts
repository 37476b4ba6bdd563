import type { JsonValue } from '../../src-shared/chain/json';
import { parseJson } from '../../src-shared/chain/json';
import { asObject, JsonNumber } from '../../src-shared/chain/json-value';
import { readTransaction } from '../../src-shared/chain/transaction-fields';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import { type Answer, detail, ok } from './answer';
import type { DevnetNode } from './node';
import { isJson } from './request-body';
import { seconds } from './seconds';
import { bodyErrors, jsonErrors, validationError } from './validation-errors';
import { normalizeNumbers } from './wire';

const UNREADABLE = 'There was an error parsing the body';

/** What Python's json calls each kind of mistake, by what was expected there. */
const PYTHON_REASONS: Readonly<Record<string, string>> = {
  'a value': 'Expecting value',
  'a quoted key': 'Expecting property name enclosed in double quotes',
  "':'": "Expecting ':' delimiter",
  "',' or '}'": "Expecting ',' delimiter",
  "',' or ']'": "Expecting ',' delimiter",
  'the end': 'Extra data',
  'a closing quote': 'Unterminated string starting at',
  'a known escape': 'Invalid \\escape',
};

/** `POST /tx/send`: 200 whether taken or not, 422 for what is no transaction, 400 for what cannot be read. */
export function sendTransaction(node: DevnetNode, body: Uint8Array, contentType: string | undefined): Answer {
  if (body.length === 0) return detail(422, [validationError('missing', ['body'], null)]);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return detail(400, UNREADABLE);
  }
  if (!isJson(contentType)) return detail(422, [validationError('model_attributes_type', ['body'], text)]);
  const json = readJson(text);
  if ('refusal' in json) return json.refusal;
  const { transaction, problems } = readTransaction(normalizeNumbers(json.value));
  if (transaction === undefined) return detail(422, bodyErrors(problems));
  const { txHash, error } = node.submit(transaction);
  if (error !== null) return ok({ tx_hash: txHash, status: 'rejected', error });
  return ok({ tx_hash: txHash, status: 'received' });
}

/** `GET /tx/{hash}/receipt`. A receipt remade from the block index after a restart has no confirmations. */
export function receipt(node: DevnetNode, txHash: string, clock: Clock): Answer {
  const known = node.receipts.get(txHash);
  const height = known === undefined ? node.chain.heightOfTransaction(txHash) : known.blockHeight;
  if (height === undefined) return detail(404, 'Transaction not found');
  const answer = {
    tx_hash: txHash,
    status: known?.status ?? 'confirmed',
    block_height: height,
    timestamp: known?.timestamp ?? seconds(clock),
    error: known?.error ?? null,
  };
  if (known?.status !== 'confirmed' || height === null) return ok(answer);
  return ok({ ...answer, confirmations: node.chain.height - height + 1 });
}

function readJson(text: string): { readonly value: JsonValue } | { readonly refusal: Answer } {
  try {
    const value = parseJson(text);
    // Python would read it as infinity, store it as null and then no longer know the hash.
    return hasFiniteNumbers(value)
      ? { value }
      : { refusal: detail(400, 'Out of range float values are not JSON compliant') };
  } catch (error) {
    const { position, expected } = error instanceof AppError ? error.params : {};
    if (typeof position !== 'number') return { refusal: detail(400, UNREADABLE) };
    return {
      refusal: detail(422, jsonErrors(position, PYTHON_REASONS[String(expected)] ?? 'Expecting value')),
    };
  }
}

function hasFiniteNumbers(value: JsonValue): boolean {
  if (value instanceof JsonNumber) return value.isInteger || Number.isFinite(value.toDouble());
  if (Array.isArray(value)) return value.every(hasFiniteNumbers);
  const object = asObject(value);
  return object === undefined || Object.values(object).every(hasFiniteNumbers);
}
