import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  type AgreedTargets,
  agreeTargets,
  badInput,
  type ClassTargets,
  checkNumber,
  checkOneOf,
  type LabelOption,
  readOptions,
  readWeights,
  sum,
  type WeightOptions,
  warnUser,
} from '../inputs/index.ts';
import { type Average, checkZeroDivision, pool, type ZeroDivision } from './averages.ts';
import { type Counts, countPerLabel, countPerSample } from './counts.ts';
import { MAX_DIGITS } from './format-fixed.ts';
import { averageParts, type PartRules, type ScoreParts, scoreParts, type Warned } from './precision-recall-fscore.ts';
import { type ReportLine, reportText } from './report-text.ts';

/** The scores of one label, or of one average. */
export interface ReportScores {
  readonly precision: number;
  readonly recall: number;
  readonly 'f1-score': number;
  readonly support: number;
}

/** The report as values: scores by label name and by average, and `accuracy` as a bare number where it stands. */
export type ReportObject = { readonly accuracy?: number } & { readonly [heading: string]: ReportScores | number };

export interface ClassificationReportOptions<L extends Label> extends WeightOptions {
  /** The labels to report, in their order. @default all, sorted */
  readonly labels?: readonly L[] | undefined;
  /** What the labels are called in the report, in the order of `labels`. */
  readonly targetNames?: readonly string[] | undefined;
  /** Decimals of the text. @default 2 */
  readonly digits?: number;
  /** What stands for a score that is 0/0. @default 'warn' */
  readonly zeroDivision?: ZeroDivision;
  /** A text to print, or an object to read from. @default 'text' */
  readonly output?: 'text' | 'object';
}

const METRIC = 'classificationReport';
const WARNED: readonly Warned[] = ['precision', 'recall', 'fscore'];

/**
 * Precision, recall, F1 and support of every label and their averages, as scikit-learn prints them, character for
 * character. Time O(n).
 *
 * The last rows are accuracy (or the micro average, where `labels` leaves some out), the macro average and the average
 * weighted by support; for indicators also the average over samples.
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns the text, or with `output: 'object'` the numbers
 * @throws InvalidInputError on unlike targets, and when `targetNames` has another length than the labels
 *
 * @example
 * import { classificationReport } from 'fitwise';
 * console.log(classificationReport(['a', 'b', 'b'], ['a', 'b', 'a']));
 * classificationReport(['a', 'b', 'b'], ['a', 'b', 'a'], { output: 'object' }).accuracy; // 0.666...
 */
export function classificationReport<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: ClassificationReportOptions<LabelOption<L>> & { readonly output: 'object' },
): ReportObject;
export function classificationReport<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options?: ClassificationReportOptions<LabelOption<L>> & { readonly output?: 'text' },
): string;
export function classificationReport<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: ClassificationReportOptions<LabelOption<L>> = {},
): string | ReportObject {
  const { labels, targetNames, digits, zeroDivision, output, sampleWeight } = readOptions(
    METRIC,
    options as ClassificationReportOptions<L>,
    {
      labels: undefined,
      targetNames: undefined,
      digits: 2,
      zeroDivision: 'warn',
      output: 'text',
      sampleWeight: undefined,
    },
  );
  checkOneOf(METRIC, 'output', output, ['text', 'object']);
  checkZeroDivision(METRIC, zeroDivision);
  checkNumber(METRIC, 'digits', digits, `an integer from 0 to ${MAX_DIGITS}`, isDigits);
  const targets = agreeTargets<L>(METRIC, yTrue, yPred);
  const weights = readWeights(METRIC, sampleWeight, targets.rows);
  const rules = { metric: METRIC, beta: 1, zeroDivision, warned: WARNED };
  const counts = countPerLabel(METRIC, targets, labels, weights);
  const names = nameLabels(targets, labels, targetNames);
  const parts = scoreParts(counts, rules);
  const perLabel = names.map((name, entry) => [name, lineOf(parts, entry)] as const);
  const averages = averageLines(targets, labels, weights, counts, rules);
  if (output === 'object') return reportObject([...perLabel, ...averages]);
  return reportText(perLabel, averages, digits, weights !== undefined || hasNoHit(targets));
}

/** Without any right label scikit-learn counts in floats, and prints supports as such. */
function hasNoHit<L extends Label>(targets: AgreedTargets<L>): boolean {
  return targets.kind !== 'multilabel' && targets.yTrue.every((code, i) => code !== targets.yPred[i]);
}

function isDigits(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_DIGITS;
}

function nameLabels<L extends Label>(
  targets: AgreedTargets<L>,
  labels: readonly L[] | undefined,
  targetNames: readonly string[] | undefined,
): readonly string[] {
  const all: readonly Label[] = targets.kind === 'multilabel' ? range(targets.columns) : targets.classes;
  const reported = labels ?? all;
  if (targetNames === undefined) return reported.map(String);
  const stray = targetNames.find(name => typeof name !== 'string');
  if (stray !== undefined) throw badInput(METRIC, { rule: 'targetNames must be strings', received: show(stray) });
  if (targetNames.length === reported.length) return targetNames;
  const rule = `targetNames must have one name per label (${reported.length})`;
  if (labels === undefined) throw badInput(METRIC, { rule, received: show(targetNames), repair: 'pass labels too' });
  warnUser(METRIC, `${rule}, received ${show(targetNames)}; the longer list is cut`);
  return targetNames.slice(0, reported.length);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, j) => j);
}

function lineOf({ precision, recall, fscore, support }: ScoreParts, entry: number): ReportLine {
  return {
    precision: precision[entry]!,
    recall: recall[entry]!,
    fscore: fscore[entry]!,
    support: support[entry]!,
  };
}

/** The averages in the order in which they are printed. */
function averageLines<L extends Label>(
  targets: AgreedTargets<L>,
  labels: readonly L[] | undefined,
  weights: Float64Array | undefined,
  counts: Counts,
  rules: PartRules,
): (readonly [string, ReportLine])[] {
  // The labels have warned already.
  const quiet: PartRules = { ...rules, warned: [] };
  const perLabel = scoreParts(counts, quiet);
  const support = sum(perLabel.support);
  const line = (average: Average, parts: ScoreParts) => ({ ...averageParts(parts, average, weights), support });
  const pooled = scoreParts(pool(counts), quiet);
  const isAccuracy =
    targets.kind !== 'multilabel' && (labels === undefined || targets.classes.every(label => labels.includes(label)));
  const lines: (readonly [string, ReportLine])[] = [
    [isAccuracy ? 'accuracy' : 'micro avg', line('micro', pooled)],
    ['macro avg', line('macro', perLabel)],
    ['weighted avg', line('weighted', perLabel)],
  ];
  if (targets.kind !== 'multilabel') return lines;
  const perSample = scoreParts(countPerSample(METRIC, targets, labels, weights), rules);
  return [...lines, ['samples avg', line('samples', perSample)]];
}

function reportObject(lines: readonly (readonly [string, ReportLine])[]): ReportObject {
  const entries = lines.map(([heading, { precision, recall, fscore, support }]) =>
    heading === 'accuracy'
      ? ([heading, precision] as const)
      : ([heading, { precision, recall, 'f1-score': fscore, support }] as const),
  );
  return Object.fromEntries<ReportScores | number>(entries) as ReportObject;
}
