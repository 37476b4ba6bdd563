import { expect, it } from 'vitest';
import { linkedTask } from './task-link';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

it('a link to a task is found among the arguments', () => {
  expect(linkedTask(['--hidden', `cpcminer://task/${ID}`])).toBe(ID);
  expect(linkedTask([`CPCMINER://TASK/${ID.toUpperCase()}/`])).toBe(ID);
});

it.each([
  `cpcminer://job/${ID}`,
  `cpcminer://task/${ID}?x=1`,
  `cpcminer://task/${ID}/../..`,
  `https://task/${ID}`,
  'cpcminer://task/12',
  ID,
])('%s is none', (argument) => {
  expect(linkedTask([argument])).toBeNull();
});
