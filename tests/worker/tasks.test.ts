import { expect, test } from 'vitest';
import { tasks } from '../../src/worker/tasks.ts';

test.each(Object.keys(tasks))('tasks finds %s under its own id', async id => {
  expect((await tasks[id]!()).id).toBe(id);
});
