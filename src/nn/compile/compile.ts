import { checkOptions } from '../../check/index.ts';
import type { Module } from '../module/index.ts';
import { Optimizer, type Transform } from '../optimizers/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type BatchMetric, Trainer, type TrainerOptions } from '../train/index.ts';
import { CompiledModel } from './compiled-model.ts';
import type { LossFunction, LossName } from './losses.ts';
import type { MetricName, SampleMetric } from './metrics.ts';
import { OPTIMIZER_NAMES, type OptimizerName, ruleByName } from './optimizers.ts';
import { lossesIn, lossMetrics, metricsIn, refuseName, totalOf, weightedMetricsIn } from './per-output.ts';
import type { PerOutput, Weighted } from './sample-weight.ts';

/** Names of metrics, or metrics by the names that the logs shall have for them. */
export type Metrics = readonly MetricName[] | Readonly<Record<string, MetricName | BatchMetric>>;

/** The same, with functions that give a value for each sample. */
export type WeightedMetrics = readonly MetricName[] | Readonly<Record<string, MetricName | SampleMetric>>;

export interface CompileOptions<Output = Tensor>
  extends Omit<TrainerOptions<Output>, 'optimizer' | 'loss' | 'metrics'> {
  /** A name for Keras's rule with Keras's defaults, a rule (`adam({ lr })`, torch's), or an optimizer. Default `'rmsprop'`. */
  readonly optimizer?: OptimizerName | Transform | Optimizer;
  /**
   * A name for Keras's loss, or a function of output and target; several outputs may have one each. Where samples have
   * weights, the function must give the loss of each sample.
   */
  readonly loss: PerOutput<Output, LossName | LossFunction> | LossFunction<Output>;
  /** Factors of the losses of several outputs. Default: all 1. */
  readonly lossWeights?: PerOutput<Output, number>;
  /** Measured beside the loss; all samples count alike. Default: nothing. */
  readonly metrics?: PerOutput<Output, Metrics>;
  /**
   * Measured beside the loss; samples count as their weights say, for the mean of an epoch too. One that is among the
   * metrics as well is called `weighted_...`. Default: nothing.
   */
  readonly weightedMetrics?: PerOutput<Output, WeightedMetrics>;
}

const OPTIONS = [
  ...['optimizer', 'loss', 'lossWeights', 'metrics', 'weightedMetrics'],
  ...['accumulate', 'scaler', 'scope'],
];

/**
 * Joins a model with an optimiser, losses and metrics, with Keras's names (Keras's `model.compile`). Names stand for
 * Keras's rules: losses take probabilities, and optimisers have Keras's defaults; functions and rules are torch's.
 *
 * A model that lies on a device trains and predicts there: see {@link Trainer}.
 *
 * A function and not a method of {@link Module}, so that a page that only predicts does not load what trains.
 *
 * @throws InvalidParamError on a name that is not known, and on options that are wrong
 *
 * @example
 * import { compile, Linear, ReLU, Sequential, Softmax, tensor } from 'fitwise/nn';
 * const net = new Sequential(new Linear(2, 8, { randomState: 0 }), new ReLU(), new Linear(8, 2, { randomState: 1 }), new Softmax());
 * const compiled = compile(net, { optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
 * const x = tensor([[0, 1], [1, 0], [0, 2], [2, 0]]);
 * const { values } = await compiled.fit({ x, y: tensor([0, 1, 0, 1]) }, { epochs: 3, batchSize: 2, randomState: 0 });
 * Object.keys(values); // ['loss', 'accuracy']
 * (await compiled.predict({ x })).shape; // [4, 2]
 */
export function compile<Output>(
  model: Module<readonly unknown[], Output>,
  options: CompileOptions<NoInfer<Output>>,
): CompiledModel<Output> {
  checkOptions(options, OPTIONS, 'compile a model');
  const { optimizer = 'rmsprop', loss, lossWeights, metrics = [], weightedMetrics = [], ...rest } = options;
  const losses = lossesIn(loss, lossWeights);
  const unweighted = [...lossMetrics(losses), ...metricsIn(metrics)];
  const names = unweighted.map(([name]) => name);
  const trainer = new Trainer<Output, Weighted<Output>>(model, {
    ...rest,
    optimizer: optimizerFor(model, optimizer),
    loss: (output, target) => totalOf(losses, output, target),
    metrics: Object.fromEntries([...unweighted, ...weightedMetricsIn(weightedMetrics, names)]),
  });
  return new CompiledModel(trainer);
}

function optimizerFor(model: Module<readonly unknown[], unknown>, given: OptimizerName | Transform | Optimizer) {
  if (given instanceof Optimizer) return given;
  if (typeof given === 'string') {
    if (!OPTIMIZER_NAMES.includes(given)) refuseName('optimizer', 'a rule, an optimizer', OPTIMIZER_NAMES, given);
    return new Optimizer(model.parameters(), ruleByName(given));
  }
  if (typeof given?.update !== 'function') refuseName('optimizer', 'a rule, an optimizer', OPTIMIZER_NAMES, given);
  return new Optimizer(model.parameters(), given);
}
