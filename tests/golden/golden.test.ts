/**
 * Every family's cases, drawn at the golden seed, against the results that scikit-learn gave: parity without Python.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onWarning } from '../../src/errors/index.ts';
import type { Case, Family } from '../parity/case.ts';
import { Draw } from '../parity/draw.ts';
import { fromTaggedJson, type Plain } from '../parity/encode.ts';
import { type Golden, questionHash } from '../parity/golden.ts';
import { evaluate, judge } from '../parity/judge.ts';

onWarning(() => {});

const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter(file => file.endsWith('.json'));

for (const file of files) {
  const family = file.replace(/\.json$/, '');
  const golden = fromTaggedJson(readFileSync(new URL(file, here), 'utf8')) as unknown as Golden;
  const { cases: draw } = (await import(`../parity/families/${family}.ts`)) as Family;
  const cases = draw(new Draw(golden.seed, family)).filter(item => !item.liveOnly);

  test(`${family}: the goldens answer the questions of today's cases`, () => {
    const questions = (list: readonly { name: string; question: string }[]) => list.map(c => `${c.name} ${c.question}`);
    const asked = cases.map(({ name, oracle }) => ({ name, question: questionHash(oracle) }));
    expect(questions(golden.cases), `stale: run npm run parity -- --only ${family} --golden`).toEqual(questions(asked));
  });

  for (const name of new Set(cases.map(item => item.name))) {
    const group = cases.flatMap((item, i) => (item.name === name ? [{ item, result: golden.cases[i]?.result ?? null }] : []));
    test(`${family}: ${name} (${group.length} cases)`, async () => {
      expect(await failuresOf(group)).toEqual([]);
    });
  }
}

async function failuresOf(group: readonly { item: Case; result: Plain }[]): Promise<string[]> {
  const failures: string[] = [];
  for (const [i, { item, result }] of group.entries()) {
    const { passed, reason, worst } = judge(item, result, await evaluate(item));
    if (!passed) failures.push(`case ${i}: ${reason} (difference ${worst})`);
  }
  return failures;
}
