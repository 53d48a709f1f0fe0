export type { ClassWeights } from './class-weight.ts';
export { type CompileOptions, compile, type Metrics, type WeightedMetrics } from './compile.ts';
export type { BatchedRunOptions, CompiledModel, FitOptions } from './compiled-model.ts';
export type { LossFunction, LossName } from './losses.ts';
export type { MetricName, SampleMetric } from './metrics.ts';
export type { OptimizerName } from './optimizers.ts';
export type { PerOutput, WeightedBatch } from './sample-weight.ts';
export type { BatchingOptions, Data } from './whole-data.ts';
