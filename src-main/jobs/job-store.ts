import { z } from 'zod';
import { engineSchema } from '../../src-shared/compute/engine';
import type { JobErrorCode } from '../../src-shared/jobs/frames';
import { JOB_STATES, type JobRow, jobRowSchema } from '../../src-shared/jobs/job-row';
import { shapeName } from '../../src-shared/matrix-mult/shape';
import type { Database } from '../storage/database';
import { jsonColumn } from '../storage/json-column';
import { fitting } from '../storage/set-aside';
import { type KeptPayload, keptPayloadJson, keptPayloadSchema } from './kept-payload';
import type { Job } from './read-job';

/** What is known of a job that comes again. */
export type KnownJob = {
  readonly id: number;
  readonly digest: string;
  readonly state: (typeof JOB_STATES)[number];
};

/** What is needed to compute a job; its matrices may be in a file. */
export type QueuedJob = {
  readonly id: number;
  readonly jobId: string;
  readonly taskId: string;
  readonly account: string;
  readonly payload: KeptPayload;
};

/** A job's answer, with what is shown of it. */
export type JobAnswer = {
  readonly frame: string;
  readonly resultHash: string;
  readonly engine: 'webgpu' | 'cpu';
  readonly computeMs: number;
  /** Whether the result is to go to the chain too. */
  readonly toSubmit: boolean;
};

/** A result that is still to be handed to the journal. */
export type ResultToSubmit = {
  readonly id: number;
  readonly taskId: string;
  readonly account: string;
  /** Rows of the product: what its proof calls N. */
  readonly matrixSize: number;
  readonly resultHash: string;
  readonly proof: string | null;
  readonly engine: 'webgpu' | 'cpu';
  readonly answeredAtMs: number;
};

const knownSchema = z.object({ rowid: z.number(), digest: z.string(), state: z.enum(JOB_STATES) });
const queuedSchema = z.object({
  rowid: z.number(),
  job_id: z.string(),
  task_id: z.string(),
  account: z.string(),
  payload: jsonColumn(keptPayloadSchema),
});
const toSubmitSchema = z.object({
  id: z.number(),
  taskId: z.string(),
  account: z.string(),
  matrixSize: z.number(),
  resultHash: z.string(),
  proof: z.string().nullable(),
  engine: engineSchema,
  answeredAtMs: z.number(),
});
const answerSchema = z.object({ rowid: z.number(), answer: z.string() });

const ROW = `id AS rowid, id, validator, job_id AS jobId, task_id AS taskId, challenge, shape, state,
  result_hash AS resultHash, engine, compute_ms AS computeMs, error, received_at AS receivedAtMs,
  answered_at AS answeredAtMs, delivered_at AS deliveredAtMs`;

/**
 * The record of every validator's jobs. What changes something has to run in a transaction of the caller's, who acts on
 * it once that is committed. All methods throw AppError `disk_full`, `database_*`.
 */
export class JobStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A validator's job by its own name for it, or null. */
  find(validator: string, jobId: string): KnownJob | null {
    const rows = this.#database.all(
      'SELECT id AS rowid, digest, state FROM jobs WHERE validator = ? AND job_id = ?',
      validator,
      jobId,
    );
    const [known] = fitting(this.#database, 'jobs', knownSchema, rows);
    return known === undefined ? null : { id: known.rowid, digest: known.digest, state: known.state };
  }

  /** Keeps a job that is to be computed; one that was refused before is begun anew. @returns its row */
  add(validator: string, { jobId, taskId, digest, payload }: Job, account: string, now: number): number {
    const row = this.#database.get(
      `INSERT INTO jobs (validator, job_id, task_id, digest, account, challenge, shape, matrix_size, payload, state,
           received_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)
       ON CONFLICT (validator, job_id) DO UPDATE SET account = excluded.account, payload = excluded.payload,
         state = 'queued', error = NULL, received_at = excluded.received_at, answered_at = NULL
       RETURNING id`,
      validator,
      jobId,
      taskId,
      digest,
      account,
      payload.challenge,
      String(shapeName(payload.shape)),
      payload.shape.rows,
      keptPayloadJson(payload),
      now,
    );
    return (row as { id: number }).id;
  }

  /** A job that waits; null where it waits no longer, or is damaged. */
  queued(id: number): QueuedJob | null {
    const rows = this.#database.all(
      `SELECT id AS rowid, job_id, task_id, account, payload FROM jobs WHERE id = ? AND state = 'queued'`,
      id,
    );
    const [job] = fitting(this.#database, 'jobs', queuedSchema, rows);
    if (job === undefined) return null;
    return { id, jobId: job.job_id, taskId: job.task_id, account: job.account, payload: job.payload };
  }

  /** Rows of a validator's jobs in a state, the oldest first. */
  idsIn(validator: string, state: KnownJob['state']): number[] {
    const rows = this.#database.all(
      'SELECT id FROM jobs WHERE validator = ? AND state = ? ORDER BY id',
      validator,
      state,
    );
    return (rows as { id: number }[]).map(({ id }) => id);
  }

  /** The files with matrices of jobs that wait, of all validators. */
  files(): ReadonlySet<string> {
    const rows = this.#database.all(
      `SELECT payload ->> '$.file' AS file FROM jobs
       WHERE state = 'queued' AND json_valid(payload) AND payload ->> '$.file' IS NOT NULL`,
    );
    return new Set((rows as { file: string }[]).map(({ file }) => file));
  }

  /** Keeps an answer, once. */
  answer(id: number, answer: JobAnswer, now: number): void {
    const { frame, resultHash, engine, computeMs, toSubmit } = answer;
    this.#database.run(
      `UPDATE jobs SET state = 'answered', payload = NULL, answer = ?, result_hash = ?, engine = ?,
         compute_ms = ?, to_submit = ?, answered_at = ? WHERE id = ? AND state = 'queued'`,
      frame,
      resultHash,
      engine,
      computeMs,
      toSubmit ? 1 : null,
      now,
      id,
    );
  }

  /** Keeps that a job was answered with an error. */
  refuse(id: number, code: JobErrorCode, now: number): void {
    this.#database.run(
      `UPDATE jobs SET state = 'refused', payload = NULL, error = ?, answered_at = ? WHERE id = ? AND state = 'queued'`,
      code,
      now,
      id,
    );
  }

  /** Keeps that the validator has an answer. @returns its own name for the job; null where that was known before */
  deliver(id: number, now: number): string | null {
    const row = this.#database.get(
      `UPDATE jobs SET state = 'delivered', delivered_at = ? WHERE id = ? AND state = 'answered' RETURNING job_id`,
      now,
      id,
    );
    return row === undefined ? null : (row as { job_id: string }).job_id;
  }

  /** The frame that answers a job, byte for byte; null where there is none. */
  answerOf(id: number): string | null {
    const rows = this.#database.all(
      'SELECT id AS rowid, answer FROM jobs WHERE id = ? AND answer IS NOT NULL',
      id,
    );
    return fitting(this.#database, 'jobs', answerSchema, rows)[0]?.answer ?? null;
  }

  /** Results that are still to be handed to the journal, the oldest first. */
  toSubmit(count: number): ResultToSubmit[] {
    const rows = this.#database.all(
      `SELECT id AS rowid, id, task_id AS taskId, account, matrix_size AS matrixSize, result_hash AS resultHash, engine,
         iif(json_valid(answer), answer ->> '$.proof', NULL) AS proof, answered_at AS answeredAtMs FROM jobs WHERE to_submit = 1 ORDER BY id LIMIT ?`,
      count,
    );
    return fitting(this.#database, 'jobs', toSubmitSchema, rows);
  }

  /** The journal has a result, or it is given up. */
  submitted(id: number): void {
    this.#database.run('UPDATE jobs SET to_submit = NULL WHERE id = ?', id);
  }

  /** The newest jobs, of whichever validator. */
  newest(count: number): JobRow[] {
    const rows = this.#database.all(`SELECT ${ROW} FROM jobs ORDER BY id DESC LIMIT ?`, count);
    return fitting(this.#database, 'jobs', jobRowSchema, rows);
  }

  /** How many of a validator's jobs are in each state, and how many ended with each error. */
  counts(validator: string): Record<string, number> {
    const rows = this.#database.all(
      `SELECT coalesce(error, state) AS name, count(*) AS count FROM jobs WHERE validator = ? GROUP BY 1`,
      validator,
    ) as { name: string; count: number }[];
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  }
}
