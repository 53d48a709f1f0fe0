import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { useTestWorker } from '../helpers/worker.ts';

const home = process.cwd();
const argv = process.argv;

// Scripts may write files where they run, and draw bars.
beforeAll(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'fitwise-scripts-')));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
beforeEach(useTestWorker);
afterAll(() => {
  process.argv = argv;
  process.chdir(home);
});

/** What a script of examples/ prints in its small version. */
async function printed(script: string, ...flags: string[]): Promise<string[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  process.argv = ['node', script, '--quick', ...flags];
  vi.resetModules();
  await import(`../../examples/${script}.ts`);
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  return lines;
}

/** The number after a word in one of the lines. */
function numberAfter(word: string, lines: readonly string[]): number {
  return Number(new RegExp(`${word} (-?[\\d.]+)`).exec(lines.join('\n'))?.[1]);
}

test('sequence-lstm solves the adding problem', async () => {
  const lines = await printed('sequence-lstm');
  expect(numberAfter('squared error of the LSTM:', lines)).toBeLessThan(0.01);
});

test('module-grid-search finds a network that reads digits', async () => {
  const lines = await printed('module-grid-search');
  expect(numberAfter('new images:', lines)).toBeGreaterThan(0.95);
});

test('digits-convnet leaves a checkpoint of its last epoch, which --resume reads', async () => {
  const lines = await printed('digits-convnet');
  expect(lines.at(-1)).toMatch(/^after 2 epochs: loss [\d.]+, accuracy [\d.]+$/);
  expect(await printed('digits-convnet', '--resume')).toEqual(lines);
});

test('mails-transformer prints the figures of both on the same mails', async () => {
  const [mails, head, ...rows] = await printed('mails-transformer');
  expect(mails).toMatch(/^\d+ mails to learn from, \d+ held out$/);
  expect(head!.trim()).toBe('accuracy  F1 of spam  ROC AUC');
  expect(rows.map(row => row.replace(/[\d.\s]+$/, ''))).toEqual(['TF-IDF + logistic regression', 'transformer']);
  expect(numberAfter('TF-IDF \\+ logistic regression ', rows)).toBeGreaterThan(0.85);
});
