import type { Address } from '../../src-shared/chain/address';
import { type AccountReport, MOST_TRANSFERS, type TransferRow } from '../../src-shared/wallet/activity';
import type { AccountActivity, SeenTransfer } from '../submissions/account-activity';
import type { Journal } from '../submissions/journal';
import type { TaskRecord } from '../submissions/task-record';

/** What an address received, sent and paid in a chapter: what is under way or has failed, then what blocks have. */
export function reportAccount(
  { journal, activity }: { readonly journal: Journal; readonly activity: AccountActivity },
  chapter: number,
  account: Address,
): AccountReport {
  const totals = activity.totals(chapter, account);
  return {
    totals:
      totals === null
        ? null
        : {
            sinceHeight: totals.sinceHeight,
            receivedUnits: totals.received.toString(),
            sentUnits: totals.sent.toString(),
            feeUnits: totals.fees.toString(),
          },
    transfers: [
      ...journal.transfersNotInBlocks(chapter, account, MOST_TRANSFERS).flatMap(ofJournal),
      ...activity.transfers(chapter, account, MOST_TRANSFERS).map(inBlock),
    ],
  };
}

function ofJournal({ account, transfer, txHash, state, reason, createdAt }: TaskRecord): TransferRow[] {
  if (transfer === null) return [];
  const { to, amountUnits } = transfer;
  return [
    {
      txHash: txHash ?? '',
      from: account,
      to,
      amountUnits: amountUnits.toString(),
      atMs: createdAt,
      height: null,
      state,
      reason,
    },
  ];
}

function inBlock({ amountUnits, ...seen }: SeenTransfer): TransferRow {
  return { ...seen, amountUnits: amountUnits.toString(), state: null, reason: null };
}
