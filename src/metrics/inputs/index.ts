export { type EncodedLists, encodeTogether, positionsOf } from './encode.ts';
export { asList, checkLengths, readNumbers, readWeights, type WeightOptions } from './lists.ts';
export { checkCount, checkNumber, checkOneOf, readOptions } from './options.ts';
export { badInput, badOption, warnUndefined, warnUser } from './refuse.ts';
export { mean, sum, weightedSum } from './sums.ts';
export { isTable, readTable, type Table } from './table.ts';
export {
  type AgreedTargets,
  agreeSingleLabels,
  agreeTargets,
  type ClassTargets,
  type Indicator,
  type IndicatorTargets,
  isIndicator,
  type LabelOption,
  type LabelTargets,
  labelsOf,
  readIndicator,
  refuseContinuous,
} from './targets.ts';
export { median, weightedPercentile } from './weighted-percentile.ts';
