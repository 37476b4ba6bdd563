import type { TaskQuery } from '../../src-shared/ipc/contract';
import { plainSearch } from '../../src-shared/pasted-text';

/** Which tasks a person wants to see. */
export type TaskChoice = Pick<TaskQuery, 'states' | 'search'>;

const SEARCHED = ['task_id', 'tx_hash', 'result_hash', 'block_hash', 'CAST(block_height AS TEXT)'];

/** The same as a condition on rows of `tasks`, with its values. */
export function conditionOf({ states, search }: TaskChoice): {
  readonly where: string;
  readonly values: string[];
} {
  const conditions = ['recipient IS NULL'];
  const values: string[] = [];
  if (states !== null) conditions.push(`state IN (${states.map((state) => `'${state}'`).join(', ')})`);
  const plain = plainSearch(search);
  if (plain !== '') {
    const like = `%${plain.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(`(${SEARCHED.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    values.push(...SEARCHED.map(() => like));
  }
  return { where: conditions.join(' AND '), values };
}
