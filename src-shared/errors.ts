import { type ErrorCode, type ErrorFamily, familyOf, isRetryable } from './error-codes';

export type { ErrorCode } from './error-codes';

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
  | 'back_up_key'
  | 'unlock_keychain'
  | 'set_passphrase'
  | 'free_disk'
  | 'update_app'
  | 'accept_chain'
  | 'check_network'
  | 'check_proxy'
  | 'check_clock'
  | 'check_certificate'
  | 'check_permissions'
  | 'check_disk'
  | 'none';

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

/** Characters of a report's message, and of each value in it, at most: what others say of a failure may have no end. */
export const LONGEST_TEXT = 4000;

type Options = {
  readonly remedy?: Remedy;
  /** Only where the code alone does not tell. */
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
    this.retryable = options.retryable ?? isRetryable(code);
    this.params = options.params ?? {};
  }
}

/**
 * Any thrown value as a report; what is not an `AppError` becomes `internal` and keeps its message. What is longer than a
 * report may be is cut off.
 */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof AppError) {
    const { code, message, remedy, retryable, params } = error;
    return { code, message: cut(message), remedy, retryable, params: cutEach(params) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: cut(message), remedy: 'run_doctor', retryable: false, params: {} };
}

function cut(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}

function cutEach(params: ErrorParams): ErrorParams {
  const values = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? cut(value) : value,
  ]);
  return Object.fromEntries(values);
}

/** The `AppError` a report was made from, on the other side of a process boundary. */
export function fromErrorReport(report: ErrorReport): AppError {
  return new AppError(report.code, report.message, report);
}

/** Whether something thrown is the app's own error of one of these families. */
export function isOfFamily(error: unknown, ...families: readonly ErrorFamily[]): error is AppError {
  return error instanceof AppError && families.includes(familyOf(error.code));
}
