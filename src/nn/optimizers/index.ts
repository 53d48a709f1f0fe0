export { type AdagradOptions, adagrad, scaleBySumOfSquares } from './adagrad.ts';
export { type AdamOptions, adam, adamw } from './adam.ts';
export { addDecayedWeights } from './add-decayed-weights.ts';
export { clipByNorm, clipByValue, clipGradNorm, clipGradValue } from './clip.ts';
export { type LionOptions, lion, signOfMean } from './lion.ts';
export { MovingAverage } from './moving-average.ts';
export { Optimizer, type ParameterGroup } from './optimizer.ts';
export { type RmspropOptions, rmsprop, scaleByDeviation, scaleByMeanSquare } from './rmsprop.ts';
export { type ScaleByAdamOptions, scaleByAdam } from './scale-by-adam.ts';
export { scaleByLearningRate } from './scale-by-learning-rate.ts';
export { type SgdOptions, sgd } from './sgd.ts';
export { type TraceOptions, trace } from './trace.ts';
export {
  chain,
  perParameter,
  type Rule,
  type Slot,
  type SlotOn,
  type State,
  type Transform,
  type Updates,
} from './transform.ts';
