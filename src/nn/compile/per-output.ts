/** Losses and metrics of models with several outputs: each applies to a part of the output, known by its path. */
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { add, mul } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { BatchMetric } from '../train/index.ts';
import { LOSS_NAMES, type LossFunction, type LossName, lossByName } from './losses.ts';
import { asMetric, METRIC_NAMES, type MetricName, metricByName } from './metrics.ts';

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
export function totalOf(losses: readonly PartLoss[], output: unknown, target: unknown): Tensor {
  const parts = losses.map(({ path, loss, weight }) => {
    const value = loss(partOf(output, path), partOf(target, path));
    return weight === 1 ? value : mul(value, weight);
  });
  return parts.reduce((total, part) => add(total, part));
}

/** The loss of each output, where there are several, without its weight. */
export function lossMetrics(losses: readonly PartLoss[]): Record<string, BatchMetric<unknown>> {
  const parts = losses.filter(({ path }) => path.length > 0);
  return Object.fromEntries(parts.map(({ path, loss }) => at(path, 'loss', asMetric(loss))));
}

/** The metrics in lists and records by the names of their logs: the path of the output, and the metric's name. */
export function metricsIn(given: unknown, path: readonly string[] = []): [string, BatchMetric<unknown>][] {
  if (!isTree(given)) refuseName('metrics', 'a list or a record of functions', METRIC_NAMES, given);
  return Object.entries(given).flatMap(([key, part]: [string, unknown]) => {
    if (isTree(part)) return metricsIn(part, [...path, key]);
    const isList = Array.isArray(given);
    if (typeof part === 'function' && !isList) return [at(path, key, part as BatchMetric<never>)];
    if (!METRIC_NAMES.includes(part as MetricName)) refuseName('metrics', 'a record of functions', METRIC_NAMES, part);
    return [at(path, isList ? String(part) : key, metricByName(part as MetricName))];
  });
}

/** A metric of a part of the output, under the path of the part. */
function at(path: readonly string[], name: string, metric: BatchMetric<never>): [string, BatchMetric<unknown>] {
  const ofPart = (output: unknown, target: unknown) =>
    metric(partOf(output, path) as never, partOf(target, path) as never);
  return [[...path, name].join('_'), Object.assign(ofPart, { isBetterGreater: metric.isBetterGreater === true })];
}

function partOf(tree: unknown, path: readonly string[]): unknown {
  const part = find(tree, path);
  if (part !== undefined) return part;
  const rule = `outputs and targets must have the part '${path.join('.')}' of which there is a loss or a metric`;
  throw new InvalidInputError({ action: 'train a compiled model', rule, received: show(tree) });
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
