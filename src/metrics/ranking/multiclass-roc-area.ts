import type { Matrix } from '../../array/index.ts';
import { badInput, badOption, checkOneOf, mean, type WeightOptions } from '../inputs/index.ts';
import { averageLabels, oneHot, type RankingAverage } from './average-labels.ts';
import type { LabelColumns } from './columns-of-labels.ts';
import { rocArea } from './roc-area.ts';

interface MulticlassRules extends WeightOptions {
  readonly average: RankingAverage | null;
  readonly multiClass: 'raise' | 'ovr' | 'ovo';
}

/** Rows may sum to 1 up to this, relatively and absolutely, as numpy's `allclose` has it. */
const SUM_TOLERANCE = 1e-5 + 1e-8;

/** The areas of each class against the rest, or of all pairs, averaged. */
export function multiclassArea(
  metric: string,
  truth: LabelColumns,
  scores: Matrix,
  rules: MulticlassRules,
): number | Float64Array {
  if (rules.multiClass === 'raise') {
    throw badOption(metric, {
      rule: "multiClass must be 'ovr' or 'ovo' for more than two classes",
      received: "'raise'",
    });
  }
  checkProbabilities(metric, scores);
  if (rules.multiClass === 'ovo') return pairwiseArea(metric, truth, scores, rules);
  checkOneOf(metric, 'average', rules.average, ['micro', 'macro', 'weighted', null]);
  const indicator = oneHot(truth.columns, truth.count);
  return averageLabels(metric, binary => rocArea(metric, binary, 1), indicator, scores, rules);
}

function checkProbabilities(metric: string, scores: Matrix): void {
  for (let i = 0; i < scores.rows; i++) {
    const total = scores.row(i).reduce((sum, score) => sum + score, 0);
    if (Math.abs(total - 1) <= SUM_TOLERANCE) continue;
    throw badInput(metric, {
      rule: 'yScore must hold probabilities that sum to 1 in each row',
      received: `${total} at row ${i}`,
    });
  }
}

function pairwiseArea(metric: string, truth: LabelColumns, scores: Matrix, rules: MulticlassRules): number {
  checkOneOf(metric, 'average', rules.average, ['macro', 'weighted']);
  if (rules.sampleWeight !== undefined) {
    throw badOption(metric, { rule: "sampleWeight must be absent with multiClass 'ovo'", received: 'weights' });
  }
  const present = Array.from({ length: truth.count }, (_, k) => k).filter(k => truth.columns.includes(k));
  const pairs = present.flatMap((a, i) => present.slice(i + 1).map(b => [a, b] as const));
  const areas = pairs.map(([a, b]) => {
    const rows = rowsOf(truth.columns, a, b);
    return (oneSided(metric, truth, scores, rows, a) + oneSided(metric, truth, scores, rows, b)) / 2;
  });
  if (rules.average === 'macro') return mean(areas);
  return mean(
    areas,
    pairs.map(([a, b]) => rowsOf(truth.columns, a, b).length / truth.columns.length),
  );
}

function rowsOf(columns: Int32Array, a: number, b: number): Uint32Array {
  return Uint32Array.from(columns.keys()).filter(row => columns[row] === a || columns[row] === b);
}

/** How well the column of one class tells it from the other, among the rows of both. */
function oneSided(metric: string, truth: LabelColumns, scores: Matrix, rows: Uint32Array, column: number): number {
  return rocArea(
    metric,
    {
      isPositive: Uint8Array.from(rows, row => Number(truth.columns[row] === column)),
      scores: Float64Array.from(rows, row => scores.get(row, column)),
      weights: undefined,
    },
    1,
  );
}
