/**
 * Fuller sentences for errors that name what they are about. One is used when the report carries every value it
 * names; otherwise the plain sentence of `error` is.
 */
export const enErrorDetails = {
  node_unreachable: 'The node cannot be reached: nothing answers at {{url}}.',
  node_timeout: 'The node at {{url}} did not answer within {{seconds}} s.',
  node_bad_answer: 'The node at {{url}} answered something that does not follow its protocol.',
  node_refused: 'The node at {{url}} refused the request (HTTP {{status}}).',
  node_stalled: 'The node answers, but has shown no new block for {{seconds}} s.',
  block_invalid: 'The node served block {{height}}, which fails verification on this machine: {{failed}}.',
  invalid_block: 'The result cannot be proved from its block, which fails on this machine: {{failed}}.',
  not_found: 'The node has no block {{height}}.',
  tx_rejected: 'The transaction did not get into a block: {{word}}.',
  tx_gas_price_too_low: 'The node asks for a higher gas price: {{word}}.',
  insufficient_balance: 'The balance, {{balance}}, does not cover the fee of one result, {{fee}}.',
  fee_ceiling_reached:
    'The fees of the last hour, {{spent}}, and one more, {{fee}}, are above the ceiling of {{ceiling}}.',
  invalid_matrix_size: 'Size {{value}} needs {{needed}} bytes of memory; at most {{limit}} are available.',
  compute_timeout: 'The computation took over {{seconds}} s and was stopped.',
  compute_cancelled: 'The task’s block is {{behind}} behind the newest one: too old to send.',
  disk_full: 'The disk is full, so nothing more can be written to {{path}}.',
  profile_unwritable: 'The app’s folder cannot be written to: {{path}}.',
};
