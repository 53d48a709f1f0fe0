import { type Cell, Frame, type Matrix } from '../array/index.ts';
import { compareLabels, type Label } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** Values of one feature at which a model is asked. */
export type Axis = Float64Array | readonly Cell[];

export interface AxisRules {
  readonly percentiles: readonly [number, number];
  readonly gridResolution: number;
  /** The action, for error sentences. */
  readonly action: string;
}

/** A copy of a column's values. */
export function columnOf(X: Matrix | Frame, column: number): Axis {
  return X instanceof Frame ? X.columns[column]!.values : X.column(column);
}

/**
 * The different values of a column where it is categorical or has few of them; else evenly spaced values between two
 * percentiles.
 *
 * @throws InvalidInputError if the percentiles coincide, or the values cannot be sorted.
 */
export function makeAxis(column: Axis, isCategorical: boolean, rules: AxisRules): Axis {
  const unique = uniqueValues(column, rules.action);
  const { gridResolution, percentiles, action } = rules;
  if (isCategorical || unique.length < gridResolution) return unique;
  if (!(column instanceof Float64Array)) {
    throw new InvalidInputError({
      action,
      rule: `a column with ${unique.length} different words must be categorical`,
      received: 'a column that is not',
      repair: 'name it in categoricalFeatures',
    });
  }
  const sorted = column.toSorted();
  const [low, high] = percentiles.map(share => percentile(sorted, share)) as [number, number];
  if (!(Math.abs(low - high) > 1e-8 + 1e-5 * Math.abs(high))) {
    throw new InvalidInputError({
      action,
      rule: 'the values at both percentiles must differ',
      received: `${show(low)} and ${show(high)}`,
      repair: 'choose percentiles further apart',
    });
  }
  const step = (high - low) / (gridResolution - 1);
  return Float64Array.from({ length: gridResolution }, (_, i) => (i === gridResolution - 1 ? high : low + i * step));
}

function uniqueValues(column: Axis, action: string): Axis {
  if (column instanceof Float64Array) return Float64Array.from(new Set(column)).sort();
  const unique = [...new Set(column)];
  if (unique.every(value => typeof value === typeof unique[0] && value !== null && value !== undefined)) {
    return (unique as Label[]).sort(compareLabels);
  }
  throw new InvalidInputError({ action, rule: 'a column must hold values of one type', received: show(unique) });
}

/** Approximate quantile by linear interpolation, with Cunnane's plotting positions (alpha = beta = 0.4). */
function percentile(sorted: Float64Array, share: number): number {
  const count = sorted.length;
  const position = count * share + 0.4 + share * 0.2;
  const below = Math.floor(Math.min(Math.max(position, 1), count - 1));
  const part = Math.min(Math.max(position - below, 0), 1);
  return (1 - part) * sorted[below - 1]! + part * sorted[below]!;
}
