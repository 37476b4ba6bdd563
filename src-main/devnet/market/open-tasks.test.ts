import { describe, expect, it } from 'vitest';
import { OpenTask, OpenTasks } from './open-tasks';

const task = (index: number, payloadBytes = 100) =>
  new OpenTask({ taskId: `task-${index}`, deadline: 0, challengeType: 'synthetic', payloadBytes });

describe('the tasks that are not over', () => {
  it('have room for 10 000, and for 256 MiB of payloads', () => {
    const open = new OpenTasks();
    for (let index = 0; index < 10_000; index += 1) {
      expect(open.hasRoom).toBe(true);
      open.add(task(index));
    }
    expect(open.hasRoom).toBe(false);
    const [first] = [...open.waiting()];
    if (first !== undefined) open.remove(first);
    expect(open.hasRoom).toBe(true);
    const large = new OpenTasks();
    for (let index = 0; index < 16; index += 1) large.add(task(index, 16 << 20));
    expect(large.hasRoom).toBe(false);
  });

  it('wait in their order, what comes back before what is new', () => {
    const open = new OpenTasks();
    const [one, two, three] = [task(1), task(2), task(3)] as const;
    for (const each of [one, two, three]) open.add(each);
    open.take(one);
    open.take(two);
    expect([...open.waiting()]).toEqual([three]);
    open.putBack(two);
    expect([...open.waiting()]).toEqual([two, three]);
    open.remove(one);
    open.putBack(one);
    expect([...open.waiting()]).toEqual([two, three]);
  });
});
