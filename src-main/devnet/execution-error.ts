/** Why a transaction cannot be part of the next block, in the node's words. */
export class ExecutionError extends Error {
  /** Set where it is only too early: the transaction stays in the pool. */
  readonly nonceAhead: boolean;

  constructor(message: string, nonceAhead = false) {
    super(message);
    this.name = 'ExecutionError';
    this.nonceAhead = nonceAhead;
  }
}
