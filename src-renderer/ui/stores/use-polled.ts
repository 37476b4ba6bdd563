import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../src-shared/errors';
import type { Envelope } from '../../../src-shared/ipc/envelope';
import { callMain } from './call-main';

/** The last answer, and why the last request had none; both null until the first. */
export type Polled<T> = { readonly value: T | null; readonly error: ErrorReport | null };

/**
 * What main answers, asked for anew every so often, and only while the window can be seen. The last answer stays.
 * @param request keep it: another one is made at once
 * @param cue another one has it asked for at once
 */
export function usePolled<T>(
  request: () => Promise<Envelope<T>>,
  everyMs: number,
  cue: string | null = null,
): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({ value: null, error: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `cue` is what makes it ask again
  useEffect(() => {
    let timer: number | null = null;
    let wanted = true;
    const ask = async () => {
      const answer = await callMain(request);
      if (!wanted) return;
      if (answer.ok) setPolled({ value: answer.value, error: null });
      else setPolled(({ value }) => ({ value, error: answer.error }));
    };
    const stop = () => {
      if (timer !== null) window.clearInterval(timer);
      timer = null;
    };
    const follow = () => {
      stop();
      if (document.hidden) return;
      void ask();
      timer = window.setInterval(() => void ask(), everyMs);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      wanted = false;
      stop();
      document.removeEventListener('visibilitychange', follow);
    };
  }, [request, everyMs, cue]);
  return polled;
}
