import { useCallback, useState } from 'react';
import type { ErrorReport } from '../../../src-shared/errors';
import type { Envelope } from '../../../src-shared/ipc/envelope';
import { callMain } from './call-main';

/** A request of main that a form makes, one at a time: whether it is under way, and why the last one was refused. */
export function useRequest() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const send = useCallback(async <T>(request: () => Promise<Envelope<T>>): Promise<Envelope<T>> => {
    setBusy(true);
    const answer = await callMain(request);
    setError(answer.ok ? null : answer.error);
    setBusy(false);
    return answer;
  }, []);
  const forget = useCallback(() => setError(null), []);
  return { busy, error, send, forget };
}
