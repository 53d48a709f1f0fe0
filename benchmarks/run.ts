/**
 * `npm run bench -- [NAME ...] [--quick] [--against FILE] [--seconds N]`: measures fitwise, scikit-learn and the
 * JavaScript peers side by side. NAME is a workload or the beginning of one; rounds of one take about N seconds. A run of
 * everything in full size is kept in benchmarks/results and summed up in the README, any other is in build/results.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { comparison, readResult } from './compare.ts';
import { collectVersions, describeMachine, resultName } from './machine.ts';
import { measure } from './measure.ts';
import { isPeerInstalled, pathOf } from './paths.ts';
import { type Contestant, findPython, OURS, peerContestant, sklearnContestant, torchContestant } from './process.ts';
import { type BenchmarkResult, fastest, isMeasured, type Outcome, type Row } from './result.ts';
import { geometricMean } from './statistics.ts';
import { markdownTable, ratioText, rowText, summary } from './table.ts';
import { type Size, sizeText, type Workload } from './workload.ts';
import { WORKLOADS } from './workloads/index.ts';

const THREADS = [1, 2];

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    against: { type: 'string' },
    seconds: { type: 'string', default: '20' },
  },
});

const chosen = WORKLOADS.filter(({ name }) => names.length === 0 || names.some(start => name.startsWith(start)));
if (chosen.length === 0) {
  console.error(`no workload begins with ${names.join(' or ')}; there are ${WORKLOADS.map(w => w.name).join(', ')}`);
  process.exit(2);
}
const before = options.against === undefined ? undefined : readResult(options.against);
const result = await runAll(chosen);
console.log(`\ngeometric mean ${result.geometricMean === null ? '–' : ratioText(result.geometricMean)}`);
keep(result);
if (before !== undefined) console.log(`\n${comparison(before, result)}`);
process.exitCode = result.rows.every(row => isMeasured(row.ours) && row.isEqual) ? 0 : 1;

async function runAll(workloads: readonly Workload[]): Promise<BenchmarkResult> {
  const python = pythonOrReason();
  reportMissingPeers(workloads);
  const rows: Row[] = [];
  const outcomes: Outcome[] = [];
  for (const work of workloads) {
    const size = options.quick ? work.quick : work.size;
    const peers = [...Object.keys(work.variants ?? {}), ...Object.keys(work.peers ?? {}).filter(isPeerInstalled)];
    const theirs = python === undefined ? [] : pythonContestants(work, python);
    const found = await measure(work, size, [OURS, ...theirs, ...peers.map(peerContestant)], Number(options.seconds));
    outcomes.push(...found);
    rows.push(toRow(work, size, found, theirs.length));
    console.log(rowText(rows.at(-1)!));
  }
  const ratios = rows.flatMap(({ ratio }, i) => (ratio === null || workloads[i]!.against !== undefined ? [] : [ratio]));
  return {
    date: new Date().toISOString(),
    machine: describeMachine(),
    versions: collectVersions(outcomes),
    isQuick: options.quick,
    rows,
    geometricMean: ratios.length === 0 ? null : geometricMean(ratios),
  };
}

function pythonOrReason(): string | undefined {
  const found = findPython();
  if ('python' in found) return found.python;
  console.log(`scikit-learn is skipped: ${found.missing} (PYTHON names an interpreter that has 1.9)`);
  return undefined;
}

function pythonContestants({ against }: Workload, python: string): Contestant[] {
  if (against === 'torch') return [torchContestant(python)];
  return THREADS.map(threads => sklearnContestant(python, threads, against));
}

function reportMissingPeers(workloads: readonly Workload[]): void {
  const missing = [...new Set(workloads.flatMap(work => Object.keys(work.peers ?? {})))].filter(
    name => !isPeerInstalled(name),
  );
  if (missing.length > 0) console.log(`skipped until npm install --prefix benchmarks: ${missing.join(', ')}`);
}

function toRow(work: Workload, size: Size, outcomes: readonly Outcome[], nSklearn: number): Row {
  const [ours, ...others] = outcomes as readonly [Outcome, ...Outcome[]];
  const [sklearn, peers] = [others.slice(0, nSklearn), others.slice(nSklearn)];
  const best = fastest(sklearn);
  const { name, target, quality } = work;
  const rate = work.operations === undefined ? {} : { operations: work.operations(size) };
  const isComparable = best !== undefined && isMeasured(ours);
  const isEqual = !isComparable || Math.abs(ours.quality - best.quality) <= quality.within * Math.abs(best.quality);
  const ratio = isComparable ? best.median / ours.median : null;
  const task = { name, size: sizeText(size), target, ...rate, quality: quality.name };
  return { ...task, ours, sklearn, peers, ratio, isEqual };
}

function keep(found: BenchmarkResult): void {
  const isWhole = names.length === 0 && !options.quick && found.geometricMean !== null;
  const folder = pathOf(isWhole ? 'benchmarks/results' : 'build/results');
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${resultName(found)}`;
  writeFileSync(`${path}.json`, `${JSON.stringify(found, null, 2)}\n`);
  writeFileSync(`${path}.md`, markdownTable(found));
  console.log(`written to ${path}.json and .md`);
  if (isWhole) sumUp(found, `benchmarks/results/${resultName(found)}.md`);
}

/** Puts the summary between the README's marks. */
function sumUp(found: BenchmarkResult, file: string): void {
  const readme = pathOf('README.md');
  const [begin, end] = ['<!-- benchmark -->', '<!-- /benchmark -->'];
  const text = readFileSync(readme, 'utf8');
  const inner = text.slice(text.indexOf(begin) + begin.length, text.indexOf(end));
  writeFileSync(
    readme,
    text.replace(inner, () => `\n${summary(found, file)}\n`),
  );
}
