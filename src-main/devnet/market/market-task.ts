import type { JobPayload } from '../../../src-shared/jobs/payload';

export const TASK_STATUSES = ['pending', 'in_progress', 'completed', 'failed'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const CHALLENGE_TYPES = [
  'synthetic',
  'matrix_mult',
] as const satisfies readonly JobPayload['challenge'][];
export type ChallengeType = (typeof CHALLENGE_TYPES)[number];

/** A task as its customer offers it. Times are Unix seconds. */
export type NewTask = {
  readonly taskId: string;
  readonly challengeType: ChallengeType;
  /** The payload as it travels to workers. */
  readonly payloadJson: string;
  /** CPC, decimal, as it was written. */
  readonly reward: string;
  readonly deadline: number;
  readonly createdAt: number;
};

/** What a worker answered, once it stands. */
export type TaskResult = {
  readonly resultHash: string;
  readonly workerAddress: string;
  readonly completedAt: number;
};

/** How far a result was audited; `none` where it could not be. */
export type AuditKind = 'sampled' | 'full' | 'none';

/** A task as it is kept: the payload only as long as somebody may still need it. */
export type StoredTask = Omit<NewTask, 'payloadJson'> & {
  readonly status: TaskStatus;
  readonly result: TaskResult | null;
  readonly audit: AuditKind | null;
  /** Why it failed. */
  readonly reason: string | null;
};
