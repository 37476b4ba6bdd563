/**
 * What the doctor may find, in English; the ui has each in both languages. What is wrong beyond these has an error of
 * its own.
 */
export const FINDINGS = {
  keychain_works: 'The system’s keychain answers.',
  vault_file_works: 'The key file opens with its passphrase.',
  key_there: 'The key of {{address}} is there, and is the one of this address.',
  key_none: 'There is no key yet.',
  key_wrong: 'What is stored for {{address}} is another key.',
  backup_opened: 'The key could be brought back: a backup was opened here, or it came from elsewhere.',
  backup_none: 'Nobody has opened a backup of this key here. Save one under Wallet, and open it once.',
  node_answers: '{{url}} answers: {{network}}, block {{height}}.',
  node_slow: '{{url}} answers, but takes {{seconds}} for it.',
  chain_bound: 'The chain is {{chain}}, and its block 0 is the one known here.',
  chain_new: 'The chain is {{chain}}; it was not used before.',
  sync_at_head: 'The node is at the head of its chain, verified here up to block {{height}}.',
  sync_behind: 'The node is {{behind}} blocks behind the head of its chain.',
  sync_waiting: 'No block was verified yet.',
  clock_right: 'This computer’s clock agrees with the node’s to within {{seconds}}.',
  clock_off: 'This computer’s clock is {{seconds}} off the node’s.',
  clock_unknown: 'The node does not say what time it is.',
  balance_pays: 'The balance, {{balance}}, pays for {{results}} results.',
  balance_empty: 'The balance, {{balance}}, pays for no result.',
  balance_unknown: 'The node did not say what the balance is.',
  path_direct: 'The app goes straight to {{url}}.',
  path_proxy: 'The app goes to {{url}} through the proxy {{proxy}}.',
  path_built_in: 'The development network runs inside the app: nothing lies in between.',
  certificate_good: 'The app goes to {{url}}, whose certificate is good until {{until}}.',
  certificate_ends: 'The certificate of {{url}} ends on {{until}}.',
  compute_exact: 'A known task came out right, on {{engine}}, within {{ms}} ms.',
  compute_wrong: 'A known task came out wrong on {{engine}}.',
  adapter_used: '{{adapter}}, driver {{driver}}.',
  adapter_no_driver: '{{adapter}}; the system does not name its driver.',
  adapter_software: 'There is no graphics card that can be used, so the processor computes.',
  adapter_quarantined: '{{adapter}} gave wrong results and is not used. Look at it under Graphics.',
  validator_none: 'No validator is set, so there are no jobs.',
  validator_connected: '{{url}} is connected.',
  validator_connecting: '{{url}} is being connected to.',
  disk_free: 'The profile’s disk can be written to and has {{free}} free.',
  disk_low: 'The profile’s disk has only {{free}} free.',
  tray_shown: 'The desktop shows the tray icon.',
  tray_none: 'This desktop shows no tray icons: closing the window minimises it instead.',
  tray_not_wanted: 'There is no window, so there is no tray icon.',
  power_mains: 'The computer runs on mains power.',
  power_battery: 'The computer runs on its battery.',
  power_unknown: 'The system does not say what it runs on.',
  no_answer: 'There was no answer within {{seconds}}.',
};

/** The name of something the doctor may find. */
export type FindingCode = keyof typeof FINDINGS;

/** A finding's sentence in English, with its values. */
export function findingSentence(
  code: FindingCode,
  params: Readonly<Record<string, string | number>>,
): string {
  return FINDINGS[code].replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? ''));
}
