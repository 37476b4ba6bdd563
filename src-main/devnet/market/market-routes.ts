import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock/clock';
import { type Answer, detail, okText } from '../answer';
import { seconds } from '../seconds';
import type { Dispatcher } from './dispatcher';
import { type FaultSwitches, faultsSchema } from './faults';
import type { StoredTask } from './market-task';
import { readOffer } from './read-task';
import { problemsOf, type RequestProblem } from './request-problem';
import { readQuery } from './task-query';
import type { TaskStore } from './task-store';

/** What the routes answer from. */
export type MarketParts = {
  readonly store: TaskStore;
  readonly dispatcher: Dispatcher;
  readonly faults: FaultSwitches;
  readonly clock: Clock;
};

/** `POST /tasks`: 503 where there is no room. */
export function createTask({ dispatcher, clock }: MarketParts, body: unknown): Answer {
  const read = readOffer(body, seconds(clock));
  if (!read.ok) return unprocessable(read.problems);
  if (!dispatcher.hasRoom) return detail(503, 'Too many tasks are waiting');
  const taskId = randomUUID();
  dispatcher.add({ ...read.offer, taskId });
  return json({ task_id: taskId, status: 'pending', created_at: read.offer.createdAt });
}

/** `GET /tasks/{task_id}`. */
export function showTask({ store }: MarketParts, taskId: string): Answer {
  const task = store.get(taskId);
  if (task === null) return detail(404, 'Task not found');
  return json({ task_id: task.taskId, status: task.status, result: resultOf(task) });
}

/** `GET /tasks/{task_id}/audit`, ours: how far the result was audited, and why a task failed. */
export function showAudit({ store }: MarketParts, taskId: string): Answer {
  const task = store.get(taskId);
  if (task === null) return detail(404, 'Task not found');
  return json({ task_id: task.taskId, audit: task.audit, reason: task.reason });
}

/** `GET /tasks?status&challenge_type&limit&offset`, oldest first. */
export function listTasks({ store }: MarketParts, parameters: URLSearchParams): Answer {
  const read = readQuery(parameters);
  if (!read.ok) return unprocessable(read.problems);
  const { limit, offset, ...filter } = read.query;
  const { tasks, total } = store.list(filter, limit, offset);
  return json({ tasks: tasks.map(listed), total, limit, offset });
}

/** `POST /faults`, ours: from now on these faults and no others. */
export function switchFaults({ faults }: MarketParts, body: unknown): Answer {
  const read = faultsSchema.safeParse(body);
  if (!read.success) return unprocessable(problemsOf(read.error, ['body']));
  faults.set(read.data.faults);
  return json({ faults: faults.all });
}

export function unprocessable(problems: readonly RequestProblem[]): Answer {
  return { ...json({ detail: problems }), status: 422 };
}

function listed(task: StoredTask): object {
  return {
    task_id: task.taskId,
    challenge_type: task.challengeType,
    status: task.status,
    reward: task.reward,
    deadline: task.deadline,
    created_at: task.createdAt,
    result: resultOf(task),
  };
}

function resultOf({ result }: StoredTask): object | null {
  if (result === null) return null;
  const { resultHash, workerAddress, completedAt } = result;
  return { result_hash: resultHash, worker_address: workerAddress, completed_at: completedAt };
}

function json(value: object): Answer {
  return okText(JSON.stringify(value));
}
