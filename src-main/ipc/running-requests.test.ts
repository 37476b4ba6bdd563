import { describe, expect, it } from 'vitest';
import { RunningRequests } from './running-requests';

/** Work that goes on until its signal fires, and then says so. */
function endless() {
  const seen: { signal: AbortSignal | null } = { signal: null };
  const work = (signal: AbortSignal) => {
    seen.signal = signal;
    return new Promise<string>(() => undefined);
  };
  return { seen, work };
}

describe('a request under way', () => {
  it('ends as cancelled by its window and id, and its work is told', async () => {
    const requests = new RunningRequests();
    const { seen, work } = endless();
    const answer = requests.run(1, 'a', work);
    requests.cancel(1, 'a');
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen.signal?.aborted).toBe(true);
  });

  it('is not cancelled by another window or with another id', async () => {
    const requests = new RunningRequests();
    const { seen, work } = endless();
    const answer = requests.run(1, 'a', work);
    requests.cancel(2, 'a');
    requests.cancel(1, 'b');
    expect(seen.signal?.aborted).toBe(false);
    requests.cancelAll(1);
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends with its window, named or not', async () => {
    const requests = new RunningRequests();
    const answers = [requests.run(1, 'a', endless().work), requests.run(1, undefined, endless().work)];
    const other = requests.run(2, undefined, async () => 'done');
    requests.cancelAll(1);
    for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(await other).toBe('done');
  });

  it('has its id for itself, until it has ended', async () => {
    const requests = new RunningRequests();
    const first = requests.run(1, 'a', endless().work);
    await expect(requests.run(1, 'a', async () => 'second')).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect(await requests.run(2, 'a', async () => 'of another window')).toBe('of another window');
    requests.cancel(1, 'a');
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(await requests.run(1, 'a', async () => 'again')).toBe('again');
  });

  it('that has ended already is cancelled in vain, without a word', async () => {
    const requests = new RunningRequests();
    expect(await requests.run(1, 'a', async () => 'done')).toBe('done');
    requests.cancel(1, 'a');
    requests.cancelAll(1);
  });
});
