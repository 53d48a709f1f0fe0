import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { bundle } from '../helpers/bundle.ts';

const toys = new URL('./toy-tasks.mjs', import.meta.url).href;
let script: string;

beforeAll(async () => {
  script = fileURLToPath(await bundle(new URL('./script.ts', import.meta.url), 'script'));
});

/** Runs the script to its end; one that does not end is killed, which rejects. */
async function run(mode: string) {
  const { stdout } = await promisify(execFile)(process.execPath, [script, toys, mode], { timeout: 20_000 });
  return JSON.parse(stdout) as { results: number[]; resources: string[] };
}

test('a script that used workers ends by itself, its default workers found beside it', async () => {
  expect((await run('leave')).results).toEqual([1, 2, 3]);
});

test('a script ends by itself after an aborted call whose tasks never reach a checkpoint', async () => {
  expect((await run('abort')).results).toEqual([1, 2, 3]);
});

test('closePool leaves no handle behind, and the pool can be used again', async () => {
  expect(await run('close')).toEqual({ results: [1, 2, 3], resources: [] });
  expect(await run('again')).toEqual({ results: [1, 2, 3, 1, 2, 3], resources: [] });
});

test('scripts given as text, for which Node sets an option that it refuses for files, have workers too', async () => {
  const text = `process.argv.splice(1, 0, ''); await import(${JSON.stringify(`file://${script}`)});`;
  const args = ['--input-type=module', '--eval', text, toys, 'leave'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  expect(JSON.parse(stdout)).toMatchObject({ results: [1, 2, 3] });
});
