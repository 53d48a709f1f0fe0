import { readFileSync } from 'node:fs';
import { type BenchmarkResult, isMeasured, type Row } from './result.ts';
import { geometricMean } from './statistics.ts';
import { ratioText, secondsText } from './table.ts';

/** A result of an earlier version. */
export function readResult(path: string): BenchmarkResult {
  return JSON.parse(readFileSync(path, 'utf8')) as BenchmarkResult;
}

/**
 * Two results of ours, workload by workload. Beside our times stand the ratios to scikit-learn, which move less than
 * times where the machine was busier in one of the runs.
 */
export function comparison(before: BenchmarkResult, after: BenchmarkResult): string {
  const pairs = after.rows.flatMap(row => {
    const old = before.rows.find(({ name, size }) => name === row.name && size === row.size);
    return old === undefined ? [] : [[old, row] as const];
  });
  const gains = pairs.flatMap(([{ ours: old }, { ours: now }]) =>
    isMeasured(old) && isMeasured(now) ? [old.median / now.median] : [],
  );
  return [
    `Against fitwise ${before.versions.fitwise} of ${before.date.slice(0, 10)} (above 1: faster now)`,
    ...pairs.map(([old, row]) => pairText(old, row)),
    gains.length === 0 ? 'no workload in common' : `geometric mean ${ratioText(geometricMean(gains))}`,
  ].join('\n');
}

function pairText(before: Row, after: Row): string {
  const [old, now] = [before.ours, after.ours];
  if (!isMeasured(old) || !isMeasured(now)) return `${after.name} [${after.size}]: not measured in both`;
  const factor = old.median / now.median;
  const isWithinSpread = Math.abs(Math.log(factor)) < (old.spread + now.spread) / 2;
  const ratios = [before.ratio, after.ratio].map(ratio => (ratio === null ? '–' : ratioText(ratio)));
  return (
    `${after.name} [${after.size}]: ${secondsText(old.median)} -> ${secondsText(now.median)}, ` +
    `${ratioText(factor)}${isWithinSpread ? ' (within the spread)' : ''}; to scikit-learn ${ratios.join(' -> ')}`
  );
}
