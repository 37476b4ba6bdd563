import type { Account } from '../keys/account';
import type { ChainForResults } from '../submissions/chain-for-results';
import type { FeeCeiling } from '../submissions/fee-ceiling';
import type { Journal } from '../submissions/journal';
import { paysForResults } from '../submissions/pays-for-results';
import type { TaskRecord } from '../submissions/task-record';
import type { NodeSession } from './node-session';
import type { Troubles } from './troubles';

type Parts = {
  readonly journal: Journal;
  readonly account: Account;
  readonly ceiling: FeeCeiling;
  readonly troubles: Troubles;
  readonly session: () => NodeSession | null;
};

/** The chain of the node in use as results are taken to it; null where it is not known how things stand there. */
export function chainForResults(parts: Parts): ChainForResults | null {
  const { account, troubles, session: current } = parts;
  const session = current();
  const { address } = account.state;
  if (session === null || address === null || troubles.storage !== null) return null;
  const { tip, binding, behind, error } = session.head;
  const { balance, resultFee } = session;
  if (tip === null || binding === null || behind > 0 || error !== null) return null;
  if (balance === null || resultFee === null) return null;
  const chapter = binding.chapter.id;
  return {
    chapter,
    account: address,
    tip: { height: tip.block.header.height, hash: tip.hash },
    paysForOne: () => paysForResults(parts, { chapter, account: address, balance, resultFee }, 1),
    submit: (task) => submitTo(session, task, parts),
  };
}

/** Takes a computed result to the node in use; what goes wrong is noted. */
export async function submitTo(
  session: NodeSession | null,
  computed: TaskRecord,
  { troubles, session: current }: Pick<Parts, 'troubles' | 'session'>,
): Promise<void> {
  try {
    const submitted = await session?.submissions.submit(computed);
    if (submitted !== undefined) troubles.noteSubmitted(submitted);
  } catch (error) {
    // What a node that is no longer the one in use refused says nothing of the one that is.
    if (current() === session) troubles.note(error);
  }
}
