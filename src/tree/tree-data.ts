import type { Matrix } from '../array/index.ts';
import { type ClassTarget, type ClassWeight, type RegressionTarget, weighClasses } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import type { Ground } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import type { GrowthRules, TreeData } from './grow-tree.ts';
import type { OutputClassWeight } from './growth-params.ts';
import { encodeRanks, type RankCodes, type RankOptions } from './rank-codes.ts';
import { checkSingle } from './single-matrix.ts';

/** What classification trees that grow by some rules learn from. */
export function* classTreeData(
  X: Matrix,
  { outputs }: ClassTarget,
  rules: GrowthRules,
  action: string,
  ground?: Ground,
): Work<TreeData> {
  const ranks = yield* ranksFor(rules, X, action, ground && { ...ground, nClasses: outputs[0]!.classes.length });
  const y = new Float64Array(X.rows * outputs.length);
  outputs.forEach(({ codes }, k) => {
    for (let i = 0; i < X.rows; i++) y[i * outputs.length + k] = codes[i]!;
  });
  return {
    ranks,
    y,
    nOutputs: outputs.length,
    nClasses: Int32Array.from(outputs, ({ classes }) => classes.length),
  };
}

/**
 * What regression trees that grow by some rules learn from.
 *
 * @throws InvalidInputError if the criterion is `'poisson'` and `y` is negative somewhere, or zero everywhere.
 */
export function* valueTreeData(
  X: Matrix,
  { values }: RegressionTarget,
  rules: GrowthRules,
  action: string,
  ground?: Ground,
): Work<TreeData> {
  if (rules.criterion === 'poisson') checkCounts(values.data, action);
  const ranks = yield* ranksFor(rules, X, action, ground && { ...ground, nClasses: 1 });
  const nClasses = new Int32Array(values.columns).fill(1);
  return { ranks, y: values.data, nOutputs: values.columns, nClasses };
}

/** Keeping all columns in order costs less than sorting the drawn ones from about half of them on. */
function* ranksFor(
  { splitter, maxFeatures }: GrowthRules,
  X: Matrix,
  action: string,
  ground: RankOptions['ground'],
): Work<RankCodes> {
  checkSingle(X, action);
  return yield* encodeRanks(X, { keepsOrder: splitter === 'best' && 2 * maxFeatures >= X.columns, ground });
}

function checkCounts(y: Float64Array, action: string): void {
  const rule = "y must not be negative, nor zero everywhere, with criterion 'poisson'";
  const negative = y.find(value => value < 0);
  if (negative !== undefined) throw new InvalidInputError({ action, rule, received: show(negative) });
  if (!y.some(value => value > 0)) throw new InvalidInputError({ action, rule, received: show(y) });
}

/**
 * Each sample's weight by its classes: the product over the outputs; undefined where classes have no weights.
 *
 * @param balanceBy weights of the samples when classes are counted to balance them
 * @throws InvalidInputError if a label is unknown, or there is not one weighting per output.
 */
export function weighByClass(
  given: OutputClassWeight,
  { outputs, rows }: ClassTarget,
  balanceBy: Float64Array | undefined,
  action: string,
): Float64Array | undefined {
  if (given === null) return undefined;
  const perOutput = classWeightsOf(given, outputs.length, action);
  const weights = new Float64Array(rows).fill(1);
  outputs.forEach((output, k) => {
    const ofClass = weighClasses(perOutput[k]!, output, balanceBy, action);
    for (let i = 0; i < rows; i++) weights[i]! *= ofClass[output.codes[i]!]!;
  });
  return weights;
}

function classWeightsOf(given: OutputClassWeight, outputs: number, action: string): readonly ClassWeight[] {
  if (given === 'balanced') return Array.from({ length: outputs }, () => given);
  if (isListOfWeightings(given)) {
    if (given.length === outputs) return given;
  } else if (outputs === 1) {
    return [given as ClassWeight];
  }
  throw new InvalidInputError({
    action,
    rule: `classWeight must be 'balanced', null or a list with one weighting per output (${outputs})`,
    received: show(given),
  });
}

/** A list of pairs is the weighting of one output, any other list has a weighting per output. */
function isListOfWeightings(given: OutputClassWeight): given is readonly ClassWeight[] {
  return Array.isArray(given) && given.length > 0 && !given.every(item => Array.isArray(item) && isPair(item));
}

function isPair(item: readonly unknown[]): boolean {
  return item.length === 2 && typeof item[1] === 'number';
}

/**
 * Weights of samples and of their classes as one: undefined where there are neither.
 *
 * @throws InvalidInputError if the products are zero everywhere.
 */
export function joinWeights(
  ofSample: Float64Array | undefined,
  ofClass: Float64Array | undefined,
  action: string,
): Float64Array | undefined {
  if (ofSample === undefined || ofClass === undefined) return ofSample ?? ofClass;
  const weights = ofSample.map((weight, i) => weight * ofClass[i]!);
  if (weights.some(weight => weight > 0)) return weights;
  throw new InvalidInputError({
    action,
    rule: 'sample and class weights must not be zero everywhere',
    received: 'zeros',
  });
}
