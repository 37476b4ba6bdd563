/** Where an error shows what the person can do next; the ui turns each into a button or a sentence. */
export type Remedy =
  | 'fix_input'
  | 'retry'
  | 'wait'
  | 'top_up'
  | 'restart_node'
  | 'open_settings'
  | 'run_doctor'
  | 'import_key'
  | 'unlock_keychain'
  | 'set_passphrase'
  | 'free_disk'
  | 'update_app'
  | 'accept_chain'
  | 'none';

/** Every way the app can refuse or fail, by name. The ui has a translated sentence for each. */
export type ErrorCode =
  // typed by a person or read from outside
  | 'invalid_address'
  | 'invalid_amount'
  | 'invalid_private_key'
  | 'invalid_hash'
  | 'invalid_height'
  | 'invalid_matrix_size'
  | 'invalid_node_url'
  | 'invalid_json'
  | 'invalid_transaction'
  | 'invalid_compute_result'
  | 'invalid_block'
  | 'invalid_proof'
  | 'audit_too_large'
  | 'invalid_request'
  | 'invalid_argument'
  | 'cancelled'
  // keys
  | 'keychain_unavailable'
  | 'keychain_locked'
  | 'keychain_failed'
  | 'key_missing'
  | 'key_exists'
  | 'passphrase_missing'
  | 'passphrase_wrong'
  | 'vault_corrupt'
  | 'address_corrupt'
  // the node and the chain
  | 'node_unreachable'
  | 'node_timeout'
  | 'node_bad_answer'
  | 'node_refused'
  | 'node_stalled'
  | 'not_found'
  | 'chain_mismatch'
  | 'block_invalid'
  | 'clock_skew'
  | 'insecure_node_url'
  // transactions, by the node's own words
  | 'tx_rejected'
  | 'tx_already_in_pool'
  | 'tx_nonce_too_low'
  | 'tx_insufficient_balance'
  | 'tx_gas_price_too_low'
  | 'tx_mempool_full'
  | 'tx_sender_limit'
  | 'insufficient_balance'
  | 'fee_ceiling_reached'
  | 'faucet_unavailable'
  // computing
  | 'gpu_unavailable'
  | 'gpu_failed'
  | 'compute_failed'
  | 'compute_timeout'
  | 'self_check_failed'
  | 'compute_cancelled'
  // this machine
  | 'database_corrupt'
  | 'database_newer'
  | 'database_failed'
  | 'disk_full'
  | 'profile_in_use'
  | 'profile_unwritable'
  | 'port_in_use'
  | 'forbidden'
  | 'internal';

/** Values put into the translated sentence; never a secret. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as it crosses a process boundary or is printed as JSON. */
export type ErrorReport = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: Remedy;
  readonly retryable: boolean;
  readonly params: ErrorParams;
};

type Options = {
  readonly remedy?: Remedy;
  readonly retryable?: boolean;
  readonly params?: ErrorParams;
  readonly cause?: unknown;
};

/**
 * The one error type that crosses module borders. `message` says in English what happened, why and what to do;
 * `code` is what programs and translations go by. Nothing secret may enter `message` or `params`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly remedy: Remedy;
  readonly retryable: boolean;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, message: string, options: Options = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.remedy = options.remedy ?? 'none';
    this.retryable = options.retryable ?? false;
    this.params = options.params ?? {};
  }
}

/** Any thrown value as a report; what is not an `AppError` becomes `internal` and keeps its message. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof AppError) {
    const { code, message, remedy, retryable, params } = error;
    return { code, message, remedy, retryable, params };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, remedy: 'run_doctor', retryable: false, params: {} };
}

/** The `AppError` a report was made from, on the other side of a process boundary. */
export function fromErrorReport(report: ErrorReport): AppError {
  return new AppError(report.code, report.message, report);
}
