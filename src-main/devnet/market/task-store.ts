import { z } from 'zod';
import { type JobPayload, payloadSchema } from '../../../src-shared/jobs/payload';
import { Database } from '../../storage/database';
import { mapDiskError } from '../../storage/disk-error';
import type { AuditKind, NewTask, StoredTask, TaskResult, TaskStatus } from './market-task';
import { CHALLENGE_TYPES, TASK_STATUSES } from './market-task';

/** What a list of tasks is narrowed to; null for all. */
export type TaskFilter = { readonly status: TaskStatus | null; readonly challengeType: string | null };

/** A task that is not over, without its payload. */
export type UnfinishedTask = Pick<NewTask, 'taskId' | 'deadline' | 'challengeType'> & {
  readonly payloadBytes: number;
};

export type StoredPayload = { readonly json: string; readonly job: JobPayload };

/** Of tasks that are over, the newest are kept. */
const MOST_FINISHED = 100_000;

const SCHEMA = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS tasks (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id TEXT NOT NULL UNIQUE,
    challenge_type TEXT NOT NULL,
    payload TEXT,
    reward TEXT NOT NULL,
    deadline INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    result_hash TEXT,
    worker_address TEXT,
    finished_at INTEGER,
    audit TEXT,
    reason TEXT
  );
  CREATE INDEX IF NOT EXISTS tasks_by_status ON tasks (status, sequence);
  CREATE INDEX IF NOT EXISTS tasks_by_address ON tasks (worker_address, status);
`;

const rowSchema = z
  .object({
    task_id: z.string(),
    challenge_type: z.enum(CHALLENGE_TYPES),
    reward: z.string(),
    deadline: z.number(),
    created_at: z.number(),
    status: z.enum(TASK_STATUSES),
    result_hash: z.string().nullable(),
    worker_address: z.string().nullable(),
    finished_at: z.number().nullable(),
    audit: z.enum(['sampled', 'full', 'none']).nullable(),
    reason: z.string().nullable(),
  })
  .transform((row): StoredTask => {
    const { result_hash: resultHash, worker_address: workerAddress, finished_at: completedAt } = row;
    const done = row.status === 'completed' && resultHash !== null && workerAddress !== null;
    return {
      taskId: row.task_id,
      challengeType: row.challenge_type,
      reward: row.reward,
      deadline: row.deadline,
      createdAt: row.created_at,
      status: row.status,
      result: done && completedAt !== null ? { resultHash, workerAddress, completedAt } : null,
      audit: row.audit,
      reason: row.reason,
    };
  });
const COLUMNS = Object.keys(rowSchema.in.shape).join(', ');

const countSchema = z.object({ count: z.number() });
const jsonSchema = z.object({ json: z.string() });
const unfinishedSchema = z
  .object({
    task_id: z.string(),
    deadline: z.number(),
    challenge_type: z.enum(CHALLENGE_TYPES),
    bytes: z.number(),
  })
  .transform(
    ({ task_id: taskId, deadline, challenge_type: challengeType, bytes: payloadBytes }): UnfinishedTask => {
      return { taskId, deadline, challengeType, payloadBytes };
    },
  );

/** The market's tasks, on disk or in memory. All methods throw AppError as `mapDiskError` names what went wrong. */
export class TaskStore {
  readonly #database: Database;
  #finished: number;

  /** @param path of the database file, or `:memory:` */
  constructor(path: string) {
    this.#database = open(path);
    // Whoever had them in hand is gone.
    this.#database.run("UPDATE tasks SET status = 'pending' WHERE status = 'in_progress'");
    const { count } = countSchema.parse(
      this.#database.get("SELECT count(*) AS count FROM tasks WHERE status IN ('completed', 'failed')"),
    );
    this.#finished = count;
  }

  add({ taskId, challengeType, payloadJson, reward, deadline, createdAt }: NewTask): void {
    this.#database.run(
      `INSERT INTO tasks (task_id, challenge_type, payload, reward, deadline, created_at, status)
       VALUES (?, ?, ?, ?, ?, ?, 'pending')`,
      taskId,
      challengeType,
      payloadJson,
      reward,
      deadline,
      createdAt,
    );
  }

  get(taskId: string): StoredTask | null {
    const row = this.#database.get(`SELECT ${COLUMNS} FROM tasks WHERE task_id = ?`, taskId);
    return row === undefined ? null : rowSchema.parse(row);
  }

  /** Oldest first, and how many there are in all. */
  list(filter: TaskFilter, limit: number, offset: number): { tasks: StoredTask[]; total: number } {
    const { status, challengeType } = filter;
    const where = 'WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR challenge_type = ?2)';
    const sql = `SELECT ${COLUMNS} FROM tasks ${where} ORDER BY sequence LIMIT ?3 OFFSET ?4`;
    const rows = this.#database.all(sql, status, challengeType, limit, offset);
    const count = this.#database.get(`SELECT count(*) AS count FROM tasks ${where}`, status, challengeType);
    return { tasks: rows.map((row) => rowSchema.parse(row)), total: countSchema.parse(count).count };
  }

  /** Those that are not over, oldest first. */
  unfinished(): UnfinishedTask[] {
    const sql = `SELECT task_id, deadline, challenge_type, length(payload) AS bytes FROM tasks
      WHERE status = 'pending' AND payload IS NOT NULL ORDER BY sequence`;
    return this.#database.all(sql).map((row) => unfinishedSchema.parse(row));
  }

  /** The payload of a task that is not over, as it travels and as it reads; null where it was damaged. */
  payload(taskId: string): StoredPayload | null {
    const row = this.#database.get('SELECT payload AS json FROM tasks WHERE task_id = ?', taskId);
    const { json } = jsonSchema.safeParse(row).data ?? {};
    if (json === undefined) return null;
    const read = payloadSchema.safeParse(JSON.parse(json));
    return read.success ? { json, job: read.data } : null;
  }

  setStatus(taskId: string, status: 'pending' | 'in_progress'): void {
    this.#database.run('UPDATE tasks SET status = ? WHERE task_id = ?', status, taskId);
  }

  complete(taskId: string, { resultHash, workerAddress, completedAt }: TaskResult, audit: AuditKind): void {
    this.#database.run(
      `UPDATE tasks SET status = 'completed', result_hash = ?, worker_address = ?, finished_at = ?, audit = ?,
       payload = NULL WHERE task_id = ?`,
      resultHash,
      workerAddress,
      completedAt,
      audit,
      taskId,
    );
    this.#prune();
  }

  /** @param workerAddress whose result did not audit; null where it failed for another reason */
  fail(taskId: string, reason: string, workerAddress: string | null, finishedAt: number): void {
    this.#database.run(
      `UPDATE tasks SET status = 'failed', reason = ?, worker_address = ?, finished_at = ?, payload = NULL
       WHERE task_id = ?`,
      reason,
      workerAddress,
      finishedAt,
      taskId,
    );
    this.#prune();
  }

  /** Whether a result of this worker did not audit. */
  hasFailed(workerAddress: string): boolean {
    const sql = "SELECT 1 FROM tasks WHERE worker_address = ? AND status = 'failed' LIMIT 1";
    return this.#database.get(sql, workerAddress) !== undefined;
  }

  close(): void {
    this.#database.close();
  }

  #prune(): void {
    this.#finished += 1;
    if (this.#finished <= MOST_FINISHED) return;
    this.#finished -= this.#database.run(
      `DELETE FROM tasks WHERE sequence =
       (SELECT min(sequence) FROM tasks WHERE status IN ('completed', 'failed'))`,
    ).changes;
  }
}

function open(path: string): Database {
  let database: Database | undefined;
  try {
    database = new Database(path);
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database?.close();
    throw mapDiskError(error, path);
  }
}
