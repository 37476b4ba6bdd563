import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { AccountReport } from '../../../../src-shared/wallet/activity';
import { callMain } from '../../stores/call-main';
import { useAppState } from '../../stores/state-store';

/** What an address received, sent and paid, or why it could not be had; both null until the first answer. */
export type LoadedAccount = { readonly report: AccountReport | null; readonly error: ErrorReport | null };

/** The report of an address, fetched again with each block and whenever a transaction moves on. */
export function useAccountReport(address: string | null): LoadedAccount {
  const [loaded, setLoaded] = useState<LoadedAccount>({ report: null, error: null });
  const revision = useAppState(({ tasks }) => tasks.journalRevision);
  const height = useAppState(({ node }) => node.height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` and `height` are what makes it fetch again
  useEffect(() => {
    if (address === null) return;
    let wanted = true;
    void callMain(() => window.miner.getAccount(address)).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setLoaded({ report: answer.value, error: null });
      else setLoaded(({ report }) => ({ report, error: answer.error }));
    });
    return () => {
      wanted = false;
    };
  }, [address, revision, height]);
  return loaded;
}
