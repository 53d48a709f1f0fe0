import { FeatureUnion, type FeatureUnionOptions, type UnionPart } from './feature-union.ts';
import { automaticNames, checkList } from './named-parts.ts';
import type { CheckParts, PartEstimator } from './part-types.ts';

/**
 * A union whose transformers are named after their classes in lower case.
 *
 * @example
 * import { makeUnion, MinMaxScaler, StandardScaler } from 'fitwise';
 * makeUnion([new MinMaxScaler(), new StandardScaler()]).transformerList.map(([name]) => name);
 * // ['minmaxscaler', 'standardscaler']
 */
export function makeUnion(
  transformers: readonly PartEstimator[],
  options: Pick<FeatureUnionOptions, 'verboseFeatureNamesOut'> = {},
): FeatureUnion {
  checkList('FeatureUnion', 'transformers', transformers);
  const names = automaticNames(transformers);
  const parts = transformers.map((transformer, i): UnionPart => [names[i]!, transformer]);
  return new FeatureUnion(parts as readonly UnionPart[] & CheckParts<readonly UnionPart[]>, options);
}
