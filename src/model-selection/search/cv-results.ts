import { type Column, Frame } from '../../array/index.ts';
import type { FitScore } from '../fit-and-score.ts';
import { mean, populationStd } from '../numpy-sums.ts';

/** `accuracy` → `Accuracy`; the one scorer of a plain search is called `score` → `Score`. */
export type ResultKey =
  | `${'mean' | 'std'}${'Test' | 'Train'}${string}`
  | `split${number}${'Test' | 'Train'}${string}`
  | `${'mean' | 'std'}${'Fit' | 'Score'}Time`;

/**
 * What a search found, candidate by candidate: means and (population) standard deviations over the splits, ranks
 * (1 is best, ties share the better rank, NaN comes last), and each parameter's value (undefined where a candidate
 * leaves it alone). Where candidates shared fits (see `share`), the time of all those fits stands in the row of each;
 * `fitSharedBy` tells how many candidates they were, 1 where a candidate had a fit of its own. Like the times, and
 * unlike the scores, that depends on `nJobs`: where tasks are few, fits are parted so that every worker has some.
 */
export type CvResults<P = Readonly<Record<string, unknown>>> = {
  readonly params: readonly P[];
  readonly fitSharedBy: Int32Array;
} & { readonly [K in ResultKey]: Float64Array } & { readonly [K in `rankTest${string}`]: Int32Array } & {
  readonly [K in `param_${string}`]: readonly unknown[];
};

/** The table of a search from the scores of each candidate on each split. */
export function tabulate(
  params: readonly Readonly<Record<string, unknown>>[],
  results: readonly (readonly FitScore[])[],
  scorerNames: readonly string[],
): CvResults {
  const nSplits = results[0]!.length;
  const times = { FitTime: 'fitTime', ScoreTime: 'scoreTime' } as const;
  const table: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(times))
    summarise(
      table,
      name,
      byCandidate(results, result => result[key]),
    );
  table.fitSharedBy = Int32Array.from(results, row => Math.max(...row.map(({ sharedBy }) => sharedBy)));
  for (const name of new Set(params.flatMap(Object.keys))) table[`param_${name}`] = params.map(one => one[name]);
  table.params = params;
  for (const name of scorerNames) {
    const tests = byCandidate(results, result => result.testScores[name]!);
    splits(table, `Test${capitalise(name)}`, tests, nSplits);
    summarise(table, `Test${capitalise(name)}`, tests);
    table[`rankTest${capitalise(name)}`] = rankDescending(table[`meanTest${capitalise(name)}`] as Float64Array);
    if (results[0]![0]!.trainScores === null) continue;
    const trains = byCandidate(results, result => result.trainScores![name]!);
    splits(table, `Train${capitalise(name)}`, trains, nSplits);
    summarise(table, `Train${capitalise(name)}`, trains);
  }
  return table as CvResults;
}

/** One row per candidate, one column per entry of the results; parameters that are not plain become text. */
export function toFrame(results: CvResults): Frame {
  const columns = Object.entries(results as Readonly<Record<string, ArrayLike<unknown>>>)
    .filter(([name]) => name !== 'params')
    .map(([name, values]): Column => {
      const isParameter = name.startsWith('param_');
      return {
        name,
        values: isParameter ? Array.from(values, toCell) : Float64Array.from(values as ArrayLike<number>),
      };
    });
  return new Frame(columns, results.params.length);
}

/** The key of a scorer's entry: `meanTestScore`, `rankTestAccuracy`. */
export function resultKey(prefix: string, scorer: string): string {
  return prefix + capitalise(scorer);
}

/** Competition ranking of descending values; NaN counts as less than every number. */
export function rankDescending(values: Float64Array): Int32Array {
  const known = values.filter(value => !Number.isNaN(value));
  const least = known.reduce((low, value) => Math.min(low, value), 0) - 1;
  const filled = values.map(value => (Number.isNaN(value) ? least : value));
  const descending = filled.toSorted().reverse();
  const rank = new Map<number, number>();
  descending.forEach((value, place) => {
    if (!rank.has(value)) rank.set(value, place + 1);
  });
  return Int32Array.from(filled, value => rank.get(value)!);
}

function byCandidate(results: readonly (readonly FitScore[])[], read: (result: FitScore) => number): Float64Array[] {
  return results.map(row => Float64Array.from(row, read));
}

function splits(table: Record<string, unknown>, name: string, rows: readonly Float64Array[], nSplits: number): void {
  for (let k = 0; k < nSplits; k++) table[`split${k}${name}`] = Float64Array.from(rows, row => row[k]!);
}

function summarise(table: Record<string, unknown>, name: string, rows: readonly Float64Array[]): void {
  table[`mean${name}`] = Float64Array.from(rows, mean);
  table[`std${name}`] = Float64Array.from(rows, populationStd);
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function toCell(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : String(value);
}
