/**
 * Compares fitwise with scikit-learn on fresh random data and parameters. `npm run parity` builds this file and the
 * families and starts it with the path of the repository and the built families.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Case, Family, OracleSpec } from './case.ts';
import { Draw } from './draw.ts';
import type { Plain } from './encode.ts';
import { GOLDEN_SEED, goldenText, questionHash } from './golden.ts';
import { evaluate, floorsOf, judge, type Verdict } from './judge.ts';
import { type Answers, askOracle, findPython, hasTorch } from './oracle.ts';
import { type Row, Table } from './table.ts';
import { canBeUnsteady, farthestMove, movedQuestions } from './unsteady.ts';

const { values: options, positionals: built } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string', default: '.' },
    seed: { type: 'string' },
    golden: { type: 'boolean', default: false },
    python: { type: 'string' },
    only: { type: 'string' },
  },
});

const seed = options.golden ? GOLDEN_SEED : Number(options.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!);
const MAX_GOLDEN_BYTES = 300_000;

await main();

async function main(): Promise<void> {
  console.log(`seed ${seed} (npm run parity -- --seed ${seed} repeats this run)`);
  console.warn = () => {};
  const python = findPython(options.root, options.python ?? process.env.PYTHON);
  const table = new Table();
  for (const path of built) {
    const name = path.replace(/^.*\//, '').replace(/\.mjs$/, '');
    const rows = await runFamily(name, path, python).catch((error: unknown): Row[] => [broken(name, error)]);
    for (const row of rows) table.print(row);
  }
  table.printEnd();
  process.exitCode = table.failed > 0 ? 1 : 0;
}

async function runFamily(family: string, path: string, python: string): Promise<Row[]> {
  const { cases: draw, oracle } = (await import(path)) as Family;
  const cases = draw(new Draw(seed, family)).filter(item => !(options.golden && item.liveOnly));
  if (oracle === 'torch' && !hasTorch(python)) return [skipped(family, cases.length)];
  const script = oracle === 'torch' ? 'torch_oracle.py' : 'oracle.py';
  const ask = (questions: readonly OracleSpec[]) => askOracle(options.root, python, script, questions);
  const [answers, ours] = await Promise.all([ask(cases.map(item => item.oracle)), evaluateAll(cases)]);
  if (options.golden && cases.length > 0) writeGolden(family, cases, answers);
  const judged: { readonly item: Case; readonly verdict: Verdict }[] = [];
  for (const [i, item] of cases.entries()) {
    const verdict = judge(item, answers.results[i]!, ours[i]!);
    judged.push({ item, verdict: await explain(item, verdict, answers.results[i]!, ask) });
  }
  const names = [...new Set(cases.map(item => item.name))];
  return names.map(name => ({ family, name, group: judged.filter(({ item }) => item.name === name) }));
}

/** A case that failed, with how far scikit-learn's own result moves: whether the case or the library is to be mended. */
async function explain(
  item: Case,
  verdict: Verdict,
  expected: Plain,
  ask: (questions: readonly OracleSpec[]) => Promise<Answers>,
): Promise<Verdict> {
  if (verdict.passed || !canBeUnsteady(item, verdict.worst)) return verdict;
  const { results } = await ask(movedQuestions(item.oracle));
  const moved = farthestMove(expected, results, floorsOf(item)).toExponential(1);
  return { ...verdict, reason: `${verdict.reason}; one bit of the data moves scikit-learn's by ${moved}` };
}

async function evaluateAll(cases: readonly Case[]) {
  const results = [];
  for (const item of cases) results.push(await evaluate(item));
  return results;
}

function writeGolden(family: string, cases: readonly Case[], { versions, results }: Answers): void {
  const text = goldenText({
    versions,
    seed,
    cases: cases.map(({ name, oracle }, i) => ({ name, question: questionHash(oracle), result: results[i]! })),
  });
  if (text.length > MAX_GOLDEN_BYTES) {
    console.log(`${family}: the golden takes ${text.length} bytes, more than ${MAX_GOLDEN_BYTES}; mark cases liveOnly`);
  }
  writeFileSync(join(options.root, 'tests/golden', `${family}.json`), text);
}

/** A family whose oracle is not installed. */
function skipped(family: string, count: number): Row {
  return { family, name: 'the interpreter has no torch', group: [], skipped: count };
}

/** A family that could not be run at all counts as one failed case. */
function broken(family: string, error: unknown): Row {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const item: Case = { name: 'the family as a whole', class: 'A', oracle: { python: '' }, ours: () => null };
  return {
    family,
    name: item.name,
    group: [{ item, verdict: { passed: false, worst: Infinity, allowed: 0, reason } }],
  };
}
