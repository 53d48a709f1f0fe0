export {
  type BatchedRunOptions,
  type CompiledModel,
  type CompileOptions,
  compile,
  type FitOptions,
  type Metrics,
  type PerOutput,
} from './compile.ts';
export type { LossFunction, LossName } from './losses.ts';
export type { MetricName } from './metrics.ts';
export type { OptimizerName } from './optimizers.ts';
export type { BatchingOptions, Data } from './whole-data.ts';
