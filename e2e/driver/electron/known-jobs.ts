import { JOB_ERROR_CODES } from '../../../src-shared/jobs/frames';
import type { JobRow } from '../../../src-shared/jobs/job-row';
import type { AppState } from '../../../src-shared/state/state';

type Jobs = AppState['jobs'];

const MINUTE_MS = 60_000;
const NOW = Date.now();
const URL = 'wss://validator.north-eu-2.computechain.example:8443/worker';

const CONNECTED: NonNullable<Jobs['validator']> = {
  url: URL,
  token: null,
  state: 'connected',
  sinceMs: NOW - 47 * MINUTE_MS,
  error: null,
  retryAtMs: null,
  queued: 9876,
  computing: 4,
  undelivered: 1204,
  answered: 1_234_567,
  lastMinute: 24_310,
  errors: Object.fromEntries(JOB_ERROR_CODES.map((code, index) => [code, 3 ** index])),
};

/** A validator that sends much, with jobs in every state and refused for every reason. */
export const BUSY_VALIDATOR: Partial<Jobs> = {
  validator: CONNECTED,
  marketAvailable: true,
  recent: [
    row(60, { state: 'queued' }),
    row(59, { state: 'answered', challenge: 'matrix_mult', shape: '16384 × 16384 × 16384' }),
    row(58, { state: 'delivered', engine: 'webgpu', computeMs: 83_412.3 }),
    ...JOB_ERROR_CODES.map((error, index) => row(57 - index, { state: 'refused', error })),
    row(40, { state: 'delivered' }),
  ],
};

/** A validator that wants a token. */
export const REFUSING_VALIDATOR: Partial<Jobs> = {
  validator: {
    ...CONNECTED,
    state: 'waiting',
    sinceMs: NOW - 3 * MINUTE_MS,
    error: {
      code: 'validator_unauthorized',
      message: 'The validator does not let this worker in (HTTP 401).',
      remedy: 'open_settings',
      retryable: true,
      params: { url: URL, status: 401 },
    },
    retryAtMs: NOW + 12 * MINUTE_MS,
    errors: {},
  },
};

/** The first moments with a validator. */
export const CONNECTING_VALIDATOR: Partial<Jobs> = {
  validator: {
    ...CONNECTED,
    state: 'connecting',
    sinceMs: NOW,
    queued: 0,
    computing: 0,
    undelivered: 0,
    answered: 0,
    lastMinute: 0,
    errors: {},
  },
  recent: [],
};

function row(id: number, given: Pick<JobRow, 'state'> & Partial<JobRow>): JobRow {
  const hasResult = given.state === 'answered' || given.state === 'delivered';
  const receivedAtMs = NOW - (61 - id) * 7000;
  return {
    id,
    validator: URL,
    jobId: `job-${id}-of-a-validator-that-likes-long-names`,
    taskId: `5f0c1d8e-0000-4000-8000-0000000000${id}`,
    challenge: 'synthetic',
    shape: '1024',
    resultHash: hasResult ? 'd4'.repeat(32) : null,
    engine: hasResult ? 'cpu' : null,
    computeMs: hasResult ? 412.6 : null,
    error: null,
    receivedAtMs,
    answeredAtMs: given.state === 'queued' ? null : receivedAtMs + 480,
    deliveredAtMs: given.state === 'delivered' ? receivedAtMs + 495 : null,
    ...given,
  };
}
