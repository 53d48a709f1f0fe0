import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { captureWarnings, onWarning } from '../../src/errors/index.ts';
import { closePool, mapTasks, setWorkerFactory } from '../../src/parallel/index.ts';
import { drive } from '../../src/work/index.ts';
import { bundle } from '../helpers/bundle.ts';
import { warnTwice } from './warning-task.ts';

beforeAll(async () => {
  const script = await bundle(new URL('./own-worker.ts', import.meta.url), 'own-worker');
  setWorkerFactory(() => new Worker(script));
});
afterAll(closePool);

const heard = async (payloads: { name: string; ms: number }[], nJobs: number) => {
  const call = () => drive(mapTasks(warnTwice, payloads, { shared: null, nJobs, label: 'warn' })).catch(String);
  const { result, warnings } = await captureWarnings(call);
  return { result, warnings: warnings.map(({ source, message }) => `${source} ${message}`) };
};

test('warnings raised in workers are raised again here, in the order of the payloads', async () => {
  const payloads = [
    { name: 'a', ms: 60 },
    { name: 'b', ms: 1 },
    { name: 'c', ms: 30 },
  ];
  const inline = await heard(payloads, 1);
  expect(inline.warnings).toEqual(['a before', 'a after', 'b before', 'b after', 'c before', 'c after']);
  expect(await heard(payloads, 3)).toEqual(inline);
});

test('a call that fails raises the warnings up to those of the payload that failed, as inline', async () => {
  const payloads = [
    { name: 'a', ms: 60 },
    { name: 'b', ms: -1 },
    { name: 'c', ms: 1 },
  ];
  const inline = await heard(payloads, 1);
  expect(inline).toEqual({ result: 'RangeError: b', warnings: ['a before', 'a after', 'b before'] });
  expect(await heard(payloads, 3)).toEqual(inline);
});

test.each([1, 3])('a warning handler that throws rejects the call, with %i workers', async nJobs => {
  const stop = onWarning(({ source }) => {
    throw new RangeError(source);
  });
  const payloads = ['a', 'b', 'c'].map(name => ({ name, ms: 1 }));
  const call = drive(mapTasks(warnTwice, payloads, { shared: null, nJobs, label: 'warn' }));
  await expect(call).rejects.toThrow(new RangeError('a'));
  stop();
});
