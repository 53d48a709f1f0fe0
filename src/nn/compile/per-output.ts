/** Losses and metrics of models with several outputs: each applies to a part of the output, known by its path. */
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { add, mul } from '../ops/index.ts';
import { noGrad, Tensor } from '../tensor/index.ts';
import type { BatchMetric } from '../train/index.ts';
import { LOSS_NAMES, type LossFunction, type LossName, lossByName } from './losses.ts';
import { asMetric, METRIC_NAMES, type MetricName, metricByName, type SampleMetric } from './metrics.ts';
import { meanLoss, type Weighted, weightedMetric } from './sample-weight.ts';

/** A loss, the path of the part that it looks at, and its weight in the sum. */
export interface PartLoss {
  readonly path: readonly string[];
  readonly loss: LossFunction<unknown>;
  readonly weight: number;
}

/** The losses in lists and records, with their paths; one alone has the empty path. */
export function lossesIn(given: unknown, weights: unknown, path: readonly string[] = []): PartLoss[] {
  if (isTree(given)) {
    const parts = Object.entries(given) as [string, unknown][];
    return parts.flatMap(([name, part]) => lossesIn(part, weights, [...path, name]));
  }
  const isName = LOSS_NAMES.includes(given as LossName);
  if (!isName && typeof given !== 'function') refuseName('loss', 'a function', LOSS_NAMES, given);
  const loss = isName ? lossByName(given as LossName) : given;
  return [{ path, loss: loss as LossFunction<unknown>, weight: weightAt(weights, path) }];
}

function weightAt(weights: unknown, path: readonly string[]): number {
  const weight = weights === undefined ? 1 : find(weights, path);
  if (Number.isFinite(weight)) return weight as number;
  const rule = 'lossWeights must have a number for each loss';
  throw new InvalidParamError({ action: 'compile a model', rule, received: show(weights) });
}

/** The sum of the losses, each times its weight. */
export function totalOf(losses: readonly PartLoss[], output: unknown, target: Weighted<unknown>): Tensor {
  const parts = losses.map(part => {
    const value = lossOf(part, output, target);
    return part.weight === 1 ? value : mul(value, part.weight);
  });
  return parts.reduce((total, part) => add(total, part));
}

function lossOf({ path, loss }: PartLoss, output: unknown, { y, sampleWeight }: Weighted<unknown>): Tensor {
  return meanLoss(loss(partOf(output, path), partOf(y, path)), weightOf(sampleWeight, path));
}

/** A metric of a part of the output, and its name in logs: the path of the part, and what it measures. */
type PartMetric = [name: string, metric: BatchMetric<unknown, Weighted<unknown>>];

/** The loss of each output, where there are several, before it is weighed against the others. */
export function lossMetrics(losses: readonly PartLoss[]): PartMetric[] {
  const parts = losses.filter(({ path }) => path.length > 0);
  return parts.map(part => {
    const onTensors = (output: unknown, target: Weighted<unknown>) => lossOf(part, output, target);
    const ofBatch = (output: unknown, target: Weighted<unknown>) => noGrad(() => onTensors(output, target)).item();
    return [nameAt(part.path, 'loss'), Object.assign(ofBatch, { onTensors })];
  });
}

/** The metrics in lists and records, for which all samples count alike. */
export function metricsIn(given: unknown): PartMetric[] {
  return leavesIn('metrics', given).map(({ path, name, metric }) => {
    const ofBatch = (typeof metric === 'string' ? asMetric(metricByName(metric)) : metric) as BatchMetric<unknown>;
    const ofPart = (output: unknown, { y }: Weighted<unknown>) => ofBatch(partOf(output, path), partOf(y, path));
    const weight = ({ y }: Weighted<unknown>) => ofBatch.weight?.(partOf(y, path));
    const { onTensors: given, isBetterGreater = false } = ofBatch;
    const onTensors =
      given && ((output: unknown, { y }: Weighted<unknown>) => given(partOf(output, path), partOf(y, path)));
    return [nameAt(path, name), Object.assign(ofPart, { weight, isBetterGreater, onTensors })];
  });
}

/**
 * The metrics in lists and records, for which samples count as for the losses.
 *
 * @param taken names of other metrics; one of the same name gets `weighted_` before it
 */
export function weightedMetricsIn(given: unknown, taken: readonly string[]): PartMetric[] {
  return leavesIn('weightedMetrics', given).map(({ path, name, metric }) => {
    const ofSamples = typeof metric === 'string' ? metricByName(metric) : (metric as SampleMetric);
    const ofPart = (output: unknown, y: unknown) =>
      ofSamples(partOf(output, path) as Tensor, partOf(y, path) as Tensor);
    const directed = Object.assign(ofPart, { isBetterGreater: ofSamples.isBetterGreater === true });
    const isTaken = taken.includes(nameAt(path, name));
    return [
      nameAt(path, isTaken ? `weighted_${name}` : name),
      weightedMetric(directed, ({ sampleWeight }) => weightOf(sampleWeight, path)),
    ];
  });
}

/** A metric, what it is called, and the path of the part that it looks at. */
interface Leaf {
  readonly path: readonly string[];
  readonly name: string;
  readonly metric: MetricName | ((output: never, target: never) => unknown);
}

function leavesIn(what: string, given: unknown, path: readonly string[] = []): Leaf[] {
  if (!isTree(given)) refuseName(what, 'a list or a record of functions', METRIC_NAMES, given);
  return Object.entries(given).flatMap(([key, part]: [string, unknown]) => {
    if (isTree(part)) return leavesIn(what, part, [...path, key]);
    const isList = Array.isArray(given);
    const isKnown = METRIC_NAMES.includes(part as MetricName) || (typeof part === 'function' && !isList);
    if (!isKnown) refuseName(what, 'a record of functions', METRIC_NAMES, part);
    return [{ path, name: isList ? String(part) : key, metric: part as Leaf['metric'] }];
  });
}

function nameAt(path: readonly string[], name: string): string {
  return [...path, name].join('_');
}

function partOf(tree: unknown, path: readonly string[]): unknown {
  const part = find(tree, path);
  if (part !== undefined) return part;
  const rule = `outputs and targets must have the part '${path.join('.')}' of which there is a loss or a metric`;
  throw new InvalidInputError({ action: 'train a compiled model', rule, received: show(tree) });
}

/** The weights of the samples of a part: one tensor serves all. */
function weightOf(sampleWeight: unknown, path: readonly string[]): unknown {
  if (sampleWeight === undefined || sampleWeight instanceof Tensor) return sampleWeight;
  const part = find(sampleWeight, path);
  if (part !== undefined) return part;
  const rule = `sampleWeight must be a tensor, or have one for the part '${path.join('.')}'`;
  throw new InvalidInputError({ action: 'train a compiled model', rule, received: show(sampleWeight) });
}

function find(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (isTree(part) ? Reflect.get(part, name) : undefined), tree);
}

function isTree(given: unknown): given is object {
  return typeof given === 'object' && given !== null;
}

/** Refuses what is no name of a list. */
export function refuseName(what: string, kinds: string, names: readonly string[], received: unknown): never {
  const rule = `${what} must be ${kinds} or among ${names.join(', ')}`;
  throw new InvalidParamError({ action: 'compile a model', rule, received: show(received) });
}
