import { type ErrorReport, toErrorReport } from '../../../src-shared/errors';
import type { Envelope } from '../../../src-shared/ipc/envelope';

/** Awaits an answer of main; a broken bridge becomes an `internal` error instead of a rejected promise. */
export async function callMain<T>(request: () => Promise<Envelope<T>>): Promise<Envelope<T>> {
  try {
    return await request();
  } catch (error) {
    const report: ErrorReport = toErrorReport(error);
    return { ok: false, error: report };
  }
}
