import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { useTestWorker } from '../helpers/worker.ts';
import { extractExamples } from './extract.ts';
import { withChecks } from './with-checks.ts';

const root = new URL('../..', import.meta.url).pathname;
const folder = join(root, 'build/doc-examples');
const examples = extractExamples(root);
const home = process.cwd();

// Examples may write files, `model.safetensors` say, where they run.
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  process.chdir(mkdtempSync(join(tmpdir(), 'fitwise-examples-')));
  for (const method of ['log', 'warn', 'table'] as const) vi.spyOn(console, method).mockImplementation(() => {});
});
// An example may show how to make workers in another way.
beforeEach(useTestWorker);
afterAll(() => process.chdir(home));

test('the docs have examples', () => {
  expect(examples.length).toBeGreaterThan(0);
});

for (const [i, { title, code }] of examples.entries()) {
  test(title, { timeout: 300_000 }, async () => {
    const file = join(folder, `example-${i}.ts`);
    writeFileSync(file, withChecks(code, join(root, 'tests/examples/expect-value.ts')));
    await import(/* @vite-ignore */ file);
  });
}
