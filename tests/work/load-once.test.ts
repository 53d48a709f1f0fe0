import { expect, test } from 'vitest';
import { drive, loadAll, loadOnce, runSync } from '../../src/work/index.ts';

/** Counts how often it is loaded. */
function counted() {
  const loads = { count: 0 };
  const load = () => {
    loads.count++;
    return Promise.resolve({ answer: 42 });
  };
  return { loads, load };
}

test('loadOnce loads when work first asks, and gives every work the same module', async () => {
  const { loads, load } = counted();
  const module = loadOnce(load);
  expect(loads.count).toBe(0);
  const first = await drive(module());
  expect(first).toEqual({ answer: 42 });
  expect(await drive(module())).toBe(first);
  expect(loads.count).toBe(1);
});

test('loadOnce: what has been loaded is there without promises, what has not refuses them', async () => {
  const module = loadOnce(counted().load);
  expect(() => runSync(module())).toThrow(
    'Cannot run without promises: the work must not wait for other threads or a GPU; use the asynchronous method, or nJobs 1',
  );
  await drive(module());
  expect(runSync(module())).toEqual({ answer: 42 });
});

test('loadOnce: a load that fails rejects the call, and the next call tries again', async () => {
  let isThere = false;
  const module = loadOnce(() =>
    isThere ? Promise.resolve({ answer: 42 }) : Promise.reject(new TypeError('no such file')),
  );
  await expect(drive(module())).rejects.toThrow('no such file');
  isThere = true;
  expect(await drive(module())).toEqual({ answer: 42 });
});

test('loadOnce: `loaded` gives what is there, and takes it for a mistake of ours where nothing is', async () => {
  const module = loadOnce(counted().load);
  expect(() => module.loaded()).toThrow('internal: a module is loaded before it is used');
  await drive(module());
  expect(module.loaded()).toEqual({ answer: 42 });
});

test('loadAll: afterwards all are there without promises', async () => {
  const modules = [loadOnce(counted().load), loadOnce(counted().load)];
  await drive(loadAll(modules));
  expect(modules.map(module => module.loaded())).toEqual([{ answer: 42 }, { answer: 42 }]);
  expect(runSync(loadAll(modules))).toBeUndefined();
});
