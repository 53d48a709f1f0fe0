export { type AdamOptions, adam, adamw } from './adam.ts';
export { addDecayedWeights } from './add-decayed-weights.ts';
export { Optimizer, type ParameterGroup } from './optimizer.ts';
export { type ScaleByAdamOptions, scaleByAdam } from './scale-by-adam.ts';
export { scaleByLearningRate } from './scale-by-learning-rate.ts';
export { type SgdOptions, sgd, trace } from './sgd.ts';
export { chain, perParameter, type Rule, type Slot, type State, type Transform, type Updates } from './transform.ts';
