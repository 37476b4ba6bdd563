/** What an error is about: loops and screens go by this, never by how a code is spelt. */
export type ErrorFamily =
  | 'input'
  | 'keychain'
  | 'key'
  | 'vault'
  | 'node'
  | 'chain'
  | 'validator'
  | 'tx'
  | 'balance'
  | 'gpu'
  | 'compute'
  | 'storage'
  | 'update'
  | 'app';

type CodeFacts = {
  readonly family: ErrorFamily;
  /** Trying the same again may go well. */
  readonly retryable?: true;
  /** It does not get better by itself: a person has to do something, so that no loop waits for it. */
  readonly lasts?: true;
};

/** Every way the app can refuse or fail, by name. The ui has a translated sentence for each. */
export const ERROR_CODES = {
  // typed by a person or read from outside
  invalid_address: { family: 'input', lasts: true },
  invalid_amount: { family: 'input', lasts: true },
  invalid_private_key: { family: 'input', lasts: true },
  invalid_hash: { family: 'input', lasts: true },
  invalid_task_id: { family: 'input', lasts: true },
  invalid_receipt: { family: 'input', lasts: true },
  invalid_height: { family: 'input', lasts: true },
  // Too large for the memory there is, too: some may come free.
  invalid_matrix_size: { family: 'input' },
  invalid_node_url: { family: 'input', lasts: true },
  invalid_token: { family: 'input', lasts: true },
  invalid_validator_url: { family: 'input', lasts: true },
  invalid_json: { family: 'input' },
  invalid_transaction: { family: 'input' },
  invalid_proof: { family: 'input', lasts: true },
  audit_too_large: { family: 'input' },
  invalid_request: { family: 'input', lasts: true },
  invalid_argument: { family: 'input', lasts: true },
  // Of the file of settings, or the environment.
  invalid_settings: { family: 'input', lasts: true },
  // Others could read it, or put another in its place.
  secret_exposed: { family: 'input', lasts: true },
  sandbox_off: { family: 'input', lasts: true },
  display_missing: { family: 'app', lasts: true },
  cancelled: { family: 'app' },
  not_found: { family: 'input' },
  backup_invalid: { family: 'input', lasts: true },
  backup_passphrase_wrong: { family: 'input', lasts: true },
  backup_other_key: { family: 'input', lasts: true },
  order_outdated: { family: 'input' },
  order_not_covered: { family: 'input' },

  // who keeps the key
  keychain_unavailable: { family: 'keychain', retryable: true, lasts: true },
  keychain_locked: { family: 'keychain', retryable: true, lasts: true },
  keychain_failed: { family: 'keychain', retryable: true, lasts: true },
  key_missing: { family: 'key', lasts: true },
  key_exists: { family: 'key', lasts: true },
  key_in_use: { family: 'key', lasts: true },
  key_limit: { family: 'key', lasts: true },
  backup_needed: { family: 'key', lasts: true },
  passphrase_wrong: { family: 'vault', lasts: true },
  vault_corrupt: { family: 'vault', lasts: true },
  address_corrupt: { family: 'vault', lasts: true },

  // the node and the chain
  node_unreachable: { family: 'node', retryable: true },
  node_name_unknown: { family: 'node', retryable: true },
  node_no_route: { family: 'node', retryable: true },
  node_connection_lost: { family: 'node', retryable: true },
  node_tls_failed: { family: 'node', retryable: true },
  node_certificate_expired: { family: 'node', retryable: true },
  node_certificate_wrong_host: { family: 'node', retryable: true },
  node_certificate_untrusted: { family: 'node', retryable: true },
  node_redirects: { family: 'node', retryable: true },
  node_web_page: { family: 'node', retryable: true },
  node_busy: { family: 'node', retryable: true },
  proxy_unreachable: { family: 'node', retryable: true },
  proxy_refused: { family: 'node', retryable: true },
  // The environment stays what it was when the app was started.
  proxy_invalid: { family: 'node', lasts: true },
  node_timeout: { family: 'node', retryable: true },
  node_bad_answer: { family: 'node', retryable: true },
  node_refused: { family: 'node' },
  node_block_missing: { family: 'node', retryable: true },
  // Results for the old blocks that it shows would cost fees, and come too late for them.
  node_syncing: { family: 'node', retryable: true },
  node_ahead: { family: 'node', retryable: true },
  node_stalled: { family: 'node', retryable: true },
  insecure_node_url: { family: 'node', lasts: true },
  chain_mismatch: { family: 'chain', lasts: true },
  block_invalid: { family: 'chain', retryable: true },
  invalid_block: { family: 'chain' },

  // a validator, and a market of tasks
  validator_not_running: { family: 'validator', retryable: true },
  validator_unreachable: { family: 'validator', retryable: true },
  validator_certificate: { family: 'validator', retryable: true },
  validator_unauthorized: { family: 'validator', retryable: true },
  validator_refused: { family: 'validator', retryable: true },
  validator_closed: { family: 'validator', retryable: true },
  validator_frame: { family: 'validator', retryable: true },
  validator_silent: { family: 'validator', retryable: true },
  market_unreachable: { family: 'validator', retryable: true },
  market_refused: { family: 'validator' },
  market_bad_answer: { family: 'validator', retryable: true },

  // transactions, by the node's own words
  tx_rejected: { family: 'tx' },
  tx_already_in_pool: { family: 'tx', retryable: true },
  tx_nonce_too_low: { family: 'tx' },
  tx_gas_price_too_low: { family: 'tx' },
  // A transaction sent twice can block its sender's queue there for an hour.
  tx_queue_stuck: { family: 'tx', retryable: true },
  // What was signed for the nonce may be alive, and the record of it is not.
  tx_nonce_held: { family: 'tx', retryable: true },
  // It may be for the same task.
  key_busy_elsewhere: { family: 'tx', retryable: true },
  task_already_done: { family: 'tx' },
  task_known: { family: 'tx' },
  // It was for the key that was in use before.
  key_changed: { family: 'tx' },
  tx_mempool_full: { family: 'tx', retryable: true },
  tx_sender_limit: { family: 'tx', retryable: true },
  tx_insufficient_balance: { family: 'balance' },
  insufficient_balance: { family: 'balance' },
  fee_ceiling_reached: { family: 'balance', retryable: true },
  faucet_unavailable: { family: 'balance' },

  // computing
  gpu_unavailable: { family: 'gpu', lasts: true },
  // There was one: it is looked for again and again.
  gpu_lost: { family: 'gpu', retryable: true },
  gpu_failed: { family: 'gpu', retryable: true },
  compute_failed: { family: 'compute', retryable: true },
  compute_timeout: { family: 'compute' },
  compute_cancelled: { family: 'compute' },
  self_check_failed: { family: 'compute', retryable: true },

  // this machine
  database_corrupt: { family: 'storage', lasts: true },
  database_rows_damaged: { family: 'storage', lasts: true },
  database_newer: { family: 'storage', lasts: true },
  database_failed: { family: 'storage', retryable: true },
  database_busy: { family: 'storage', retryable: true },
  disk_failed: { family: 'storage', retryable: true },
  disk_full: { family: 'storage', retryable: true },
  profile_in_use: { family: 'storage' },
  // A file that a person chose, outside the profile.
  file_unwritable: { family: 'input' },
  profile_unreadable: { family: 'storage', lasts: true },
  profile_unwritable: { family: 'storage', lasts: true },
  // newer versions of the app
  update_unreachable: { family: 'update', retryable: true },
  update_unreadable: { family: 'update', retryable: true },
  update_signature_wrong: { family: 'update' },
  update_insecure: { family: 'update' },
  update_older: { family: 'update' },
  update_file_wrong: { family: 'update', retryable: true },
  update_not_installed: { family: 'update', retryable: true },
  port_in_use: { family: 'app' },
  forbidden: { family: 'app', lasts: true },
  not_ready: { family: 'app', retryable: true },
  internal: { family: 'app' },
} as const satisfies Readonly<Record<string, CodeFacts>>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What an error with this code is about. */
export function familyOf(code: ErrorCode): ErrorFamily {
  return factsOf(code).family;
}

/** Whether an error with this code stays until a person does something. */
export function lasts(code: ErrorCode): boolean {
  return factsOf(code).lasts ?? false;
}

/** Whether trying the same again may go well, unless the error itself says otherwise. */
export function isRetryable(code: ErrorCode): boolean {
  return factsOf(code).retryable ?? false;
}

/** A code that another version of the app kept or sent is as good as an unexpected error. */
function factsOf(code: ErrorCode): CodeFacts {
  return Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : ERROR_CODES.internal;
}
