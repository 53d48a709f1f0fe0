import { type ColumnPart, ColumnTransformer, type ColumnTransformerOptions } from './column-transformer.ts';
import { automaticNames, checkTuples } from './named-parts.ts';
import type { CheckParts, PartEstimator } from './part-types.ts';
import type { ColumnSelector } from './select-columns.ts';

/**
 * A column transformer whose transformers are named after their classes in lower case.
 *
 * @example
 * import { makeColumnTransformer, MinMaxScaler, StandardScaler } from 'fitwise';
 * const scaler = makeColumnTransformer([[new StandardScaler(), [0]], [new MinMaxScaler(), [1]]]);
 * (await scaler.fitTransform([[1, 5], [3, 7]])).toArray(); // [[-1, 0], [1, 1]]
 */
export function makeColumnTransformer(
  transformers: readonly (readonly [transformer: PartEstimator, columns: ColumnSelector])[],
  options: Omit<ColumnTransformerOptions, 'transformerWeights'> = {},
): ColumnTransformer {
  checkTuples('ColumnTransformer', 'transformers', transformers, 2, '[transformer, columns]');
  const names = automaticNames(transformers.map(([transformer]) => transformer));
  const parts = transformers.map(([transformer, columns], i): ColumnPart => [names[i]!, transformer, columns]);
  return new ColumnTransformer(parts as readonly ColumnPart[] & CheckParts<readonly ColumnPart[]>, options);
}
