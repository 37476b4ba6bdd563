/**
 * Fuller sentences for errors that name what they are about. One is used when the report carries every value it
 * names; otherwise the plain sentence of `error` is.
 */
export const enErrorDetails = {
  node_unreachable: 'The node cannot be reached: nothing answers at {{url}}.',
  node_name_unknown:
    'Nothing knows the name in {{url}}: the name is wrong, or there is no network ({{detail}}).',
  node_no_route:
    'There is no way from here to {{url}}: the network is down, or something is in between ({{detail}}).',
  node_connection_lost: 'The connection to {{url}} broke off before the answer ({{detail}}).',
  node_tls_failed: '{{url}} does not speak https:// ({{detail}}). Perhaps it is an address for http://.',
  node_certificate_expired:
    'The certificate of {{url}} is not valid today: it has expired, or this computer’s clock is wrong.',
  node_certificate_wrong_host: '{{url}} shows the certificate of another host. Check the address.',
  node_certificate_untrusted:
    'The certificate of {{url}} is from an authority that this computer does not trust ({{detail}}).',
  node_redirects: '{{url}} sends its visitors on to {{to}}, so it is no node.',
  node_web_page:
    'A web page answers at {{url}}, not a node: the network may want a sign-in first, or the address is another server’s.',
  node_busy: 'The node at {{url}} asks to be left alone for {{seconds}}.',
  proxy_unreachable: 'The proxy {{proxy}} cannot be reached ({{detail}}).',
  proxy_refused: 'The proxy {{proxy}} does not let the app through to {{url}}.',
  proxy_invalid: '{{variable}} or ALL_PROXY names a proxy that is none. It takes http://host:port.',
  node_timeout: 'The node at {{url}} did not answer within {{seconds}}.',
  node_bad_answer: 'The node at {{url}} answered something that does not follow its protocol.',
  node_refused: 'The node at {{url}} refused the request (HTTP {{status}}).',
  node_syncing:
    'The node is still catching up: it shows block {{height}}, {{behind}} blocks behind. Nothing is computed or signed until it is there.',
  node_ahead:
    'The newest block of {{url}} is {{minutes}} ahead of its clock, which was wrong when it was made. The chain stands still until then.',
  node_stalled: 'The node answers, but has shown no new block for {{seconds}}.',
  block_invalid: 'The node served block {{height}}, which fails verification on this machine: {{failed}}.',
  invalid_block: 'The result cannot be proved from its block, which fails on this machine: {{failed}}.',
  not_found: 'The node has no block {{height}}.',
  tx_rejected: 'The transaction did not get into a block: {{word}}.',
  tx_gas_price_too_low: 'The node asks for a higher gas price: {{word}}.',
  task_already_done:
    'Block {{height}} already holds a result of this key for the task, sent by another program. A second one would only cost a second fee.',
  profile_unreadable: '{{path}} is there and cannot be read ({{detail}}). Nothing is put in its place.',
  tx_nonce_held:
    'The record of a signed transaction was damaged. Nothing else is signed for nonce {{nonce}} before a block has taken it, or an hour has gone by.',
  database_rows_damaged:
    'Entries of the app’s database were damaged: {{rows}}, in {{tables}}. They are kept aside, in the table set_aside, and all else goes on; a damaged setting is back at its default.',
  database_busy:
    '{{path}} is held by another program, such as a backup or a virus scanner. It is tried again.',
  disk_failed: 'The disk that {{path}} is on answers with errors, or is no longer there ({{detail}}).',
  insufficient_balance: 'The balance, {{balance}}, does not cover the fee of one result, {{fee}}.',
  order_not_covered:
    'The balance, less what is under way, is {{balance}}; the amount and the fee come to {{needed}}.',
  fee_ceiling_reached:
    'The fees of the last hour, {{spent}}, and one more, {{fee}}, are above the ceiling of {{ceiling}}.',
  invalid_matrix_size: 'Size {{value}} needs {{needed}} bytes of memory; at most {{limit}} are available.',
  compute_timeout: 'The computation took over {{seconds}} and was stopped.',
  compute_cancelled: 'The task’s block is {{behind}} behind the newest one: too old to send.',
  update_unreachable: 'The place for updates, {{url}}, cannot be asked: {{why}} It is asked again later.',
  update_insecure:
    'The place for updates, {{url}}, leads on to {{to}}, which is not https://. Nothing was fetched.',
  update_older:
    'The place for updates offers version {{version}}, though it had {{highest}} before. Somebody may be keeping newer ones from you, so nothing was installed.',
  update_not_installed:
    'The new version could not be installed, and this one goes on: {{detail}}. Try it again, or install the new one by hand.',
  disk_full: 'The disk is full, so nothing more can be written to {{path}}.',
  file_unwritable: '{{path}} cannot be written. Choose another place for it.',
  profile_unwritable: 'The app’s folder cannot be written to: {{path}}.',
};
