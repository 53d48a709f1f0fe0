/** From counts per label to precision, recall, F and Jaccard scores, and to their averages. */
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  type AgreedTargets,
  badInput,
  badOption,
  checkOneOf,
  mean,
  sum,
  type WeightOptions,
  warnUndefined,
  warnUser,
} from '../inputs/index.ts';
import { type Counts, countPerLabel, countPerSample } from './counts.ts';

/**
 * How the scores of labels become one: `binary` takes that of `posLabel`; `micro` adds up the counts; `macro` takes
 * the plain mean and `weighted` the mean by the labels' support; `samples` averages over the samples of an indicator.
 */
export type Average = 'binary' | 'micro' | 'macro' | 'weighted' | 'samples';

/** What stands for 0/0: 0, 1, NaN (left out of averages), or 0 with a warning. */
export type ZeroDivision = 'warn' | number;

/** What an average gives: one number, or, where `average` is null, one per label. */
export type Averaged<A extends Average | null> = A extends null ? Float64Array : number;

export interface SetScoreOptions<L extends Label, A extends Average | null> extends WeightOptions {
  /** The labels to score, in their order; may leave some out. @default all, sorted */
  readonly labels?: readonly L[] | undefined;
  /** The label whose score `average: 'binary'` gives. @default 1, or true for boolean labels */
  readonly posLabel?: L | undefined;
  /** How labels are averaged; null gives one score per label. */
  readonly average?: A;
  /** What stands for a score that is 0/0. @default 'warn' */
  readonly zeroDivision?: ZeroDivision;
}

/** The options with every default in place. */
export interface SetScoreRules<L extends Label> {
  readonly labels: readonly L[] | undefined;
  readonly posLabel: L | undefined;
  readonly average: Average | null;
  readonly zeroDivision: ZeroDivision;
}

/**
 * Counts as an average needs them: of the positive label, of all labels in one, per label or per sample.
 *
 * @throws InvalidParamError if the average does not fit the targets
 */
export function countForAverage<L extends Label>(
  metric: string,
  targets: AgreedTargets<L>,
  rules: SetScoreRules<L>,
  weights: Float64Array | undefined,
): Counts {
  checkOneOf(metric, 'average', rules.average, ['binary', 'micro', 'macro', 'weighted', 'samples', null]);
  const labels = labelsToCount(metric, targets, rules);
  if (rules.average === 'samples') return countPerSample(metric, targets, labels, weights);
  const counts = countPerLabel(metric, targets, labels, weights);
  return rules.average === 'micro' ? pool(counts) : counts;
}

function labelsToCount<L extends Label>(
  metric: string,
  targets: AgreedTargets<L>,
  { average, labels, posLabel }: SetScoreRules<L>,
): readonly L[] | undefined {
  if (average !== 'binary') {
    if (posLabel !== undefined && (posLabel as Label) !== 1) {
      warnUser(metric, `posLabel (${show(posLabel)}) is ignored unless average is 'binary'; use labels to pick labels`);
    }
    return labels;
  }
  if (targets.kind !== 'binary') {
    throw badOption(metric, {
      rule: `average must be 'micro', 'macro', 'weighted'${targets.kind === 'multilabel' ? ", 'samples'" : ''} or null for a ${targets.kind} target`,
      received: "'binary'",
    });
  }
  return [positiveLabel(metric, targets.classes, posLabel)];
}

/** The label that counts as positive: the given one, or `true`, or 1. */
function positiveLabel<L extends Label>(metric: string, classes: readonly L[], posLabel: L | undefined): L {
  const positive = posLabel ?? ((typeof classes[0] === 'boolean' ? true : 1) as L);
  const isAbsent = !classes.includes(positive);
  if (!isAbsent || (classes.length < 2 && typeof positive === typeof classes[0])) return positive;
  throw badInput(metric, {
    rule: `posLabel must be one of ${show(classes)}`,
    received: show(positive),
    ...(posLabel === undefined ? { repair: 'pass posLabel, or another average' } : {}),
  });
}

/** All labels in one: the sums of the counts. */
export function pool({ tn, fp, fn, tp }: Counts): Counts {
  const total = (values: Float64Array) => Float64Array.of(sum(values));
  return { tn: total(tn), fp: total(fp), fn: total(fn), tp: total(tp) };
}

/** Says that some ratio is 0/0. */
export interface UndefinedReport {
  readonly metric: string;
  readonly zeroDivision: ZeroDivision;
}

/** `numerator / denominator`, with the agreed value, and at most one warning, where that is 0/0. */
export function divide(
  numerator: Float64Array,
  denominator: Float64Array,
  what: string,
  { metric, zeroDivision }: UndefinedReport,
): Float64Array {
  const replacement = zeroDivision === 'warn' ? 0 : zeroDivision;
  if (zeroDivision === 'warn' && denominator.includes(0)) {
    warnUndefined(metric, `${what}; it is set to 0 there; use zeroDivision to choose another value`);
  }
  return numerator.map((value, entry) => (denominator[entry] === 0 ? replacement : value / denominator[entry]!));
}

/** @throws InvalidParamError unless it is 'warn', 0, 1, or (where allowed) NaN */
export function checkZeroDivision(metric: string, zeroDivision: unknown, allowNaN = true): void {
  if (allowNaN && Number.isNaN(zeroDivision)) return;
  checkOneOf(metric, 'zeroDivision', zeroDivision, ['warn', 0, 1, ...(allowNaN ? [Number.NaN] : [])]);
}

/** The mean over the entries that are not NaN; weights that are all zero there are ignored. */
export function averageDefined(values: Float64Array, weights: Float64Array | undefined): number {
  const isDefined = (_: number, entry: number) => !Number.isNaN(values[entry]);
  const defined = values.filter(isDefined);
  if (defined.length === 0) return Number.NaN;
  const kept = weights?.filter(isDefined);
  return mean(defined, kept === undefined || sum(kept) === 0 ? undefined : kept);
}
