import type { Matrix } from '../array/index.ts';
import type { ClassTarget } from '../check/index.ts';
import { argmaxRows, type FitContext } from '../core/index.ts';
import { InvalidInputError, show, warn } from '../errors/index.ts';
import type { Ground } from '../kernels/index.ts';
import { RandomStream } from '../random/index.ts';
import { classTreeData, growthRules, joinWeights, toSingle, weighByClass } from '../tree/index.ts';
import type { Work } from '../work/index.ts';
import { bootstrapOf } from './bootstrap.ts';
import { type ForestPlan, type KnownTrees, planAndGrow } from './grow-forest.ts';
import { outOfBagValues } from './out-of-bag.ts';
import type { RandomForestClassifierLearned, RandomForestClassifierParams } from './random-forest-classifier.ts';

/** The trees that a fit grows, and what it says of the samples that they did not draw. */
export function* growClassifier(
  X: Matrix,
  y: ClassTarget,
  params: RandomForestClassifierParams,
  context: FitContext,
  name: string,
) {
  const { action, previous } = context;
  const { nEstimators, nJobs, oobScore } = params;
  checkSameClasses(previous as RandomForestClassifierLearned | undefined, y, action);
  if (oobScore) checkOutOfBagTarget(y, action);
  const size = { nEstimators, nJobs, source: name, action };
  const makePlan = (ground: Ground) => planOf(X, y, params, context, name, ground);
  const { forest, bootstrap } = yield* planAndGrow(
    makePlan,
    { previous, looser: context.looser } as KnownTrees,
    new RandomStream(context.seed),
    size,
  );
  const learned = { ...forest, bootstrap, rows: X.rows };
  if (!oobScore || bootstrap === undefined) return { ...learned, outOfBag: undefined, oobScore: undefined };
  const outOfBag = yield* outOfBagValues(forest, toSingle(X, action), bootstrap, name);
  return { ...learned, outOfBag, oobScore: subsetAccuracy(y, outOfBag.map(argmaxRows)) };
}

function* planOf(
  X: Matrix,
  y: ClassTarget,
  params: RandomForestClassifierParams,
  { action, sampleWeight, previous }: FitContext,
  source: string,
  ground: Ground,
): Work<ForestPlan> {
  const { classWeight, bootstrap, ccpAlpha } = params;
  const isPreset = classWeight === 'balanced' || classWeight === 'balanced_subsample';
  if (isPreset && previous !== undefined) warnOfPreset(classWeight, source);
  const balancesDraws = classWeight === 'balanced_subsample' && bootstrap;
  const given = balancesDraws ? null : classWeight === 'balanced_subsample' ? 'balanced' : classWeight;
  const weights = joinWeights(
    sampleWeight,
    weighByClass(given, y, isPreset ? sampleWeight : undefined, action),
    action,
  );
  const shape = { rows: X.rows, columns: X.columns, outputs: y.outputs.length, action };
  const classes = y.outputs[0]!.classes.length;
  const rules = growthRules(params, { ...shape, classes, totalWeight: 1 });
  return {
    data: yield* classTreeData(X, y, rules, action, ground),
    rules,
    ccpAlpha,
    bootstrap: bootstrapOf(params, X.rows, weights, { action, source }),
    weights: weights ?? new Float64Array(X.rows).fill(1),
    balancesDraws,
  };
}

function checkSameClasses(
  previous: RandomForestClassifierLearned | undefined,
  { outputs }: ClassTarget,
  action: string,
): void {
  if (previous === undefined) return;
  const known = previous.classes.map(classes => show(classes)).join(', ');
  const given = outputs.map(({ classes }) => show(classes)).join(', ');
  if (known === given && previous.classes.every((classes, k) => classes.length === outputs[k]!.classes.length)) return;
  throw new InvalidInputError({ action, rule: `y must have the classes of warmStartFrom (${known})`, received: given });
}

function checkOutOfBagTarget({ outputs }: ClassTarget, action: string): void {
  if (outputs.length === 1 || outputs.every(({ classes }) => classes.length <= 2)) return;
  throw new InvalidInputError({
    action,
    rule: 'each output must have at most two classes where there are several outputs and oobScore is true',
    received: `${show(outputs.map(({ classes }) => classes.length))} classes`,
  });
}

function warnOfPreset(preset: string, source: string): void {
  const message = `classWeight '${preset}' counts the classes of these data only, not of those that earlier trees saw`;
  warn({ kind: 'user', source, message });
}

/** The share of samples whose every output is right. */
function subsetAccuracy({ outputs, rows }: ClassTarget, predicted: readonly Int32Array[]): number {
  let right = 0;
  for (let i = 0; i < rows; i++) {
    if (outputs.every(({ codes }, k) => codes[i] === predicted[k]![i])) right++;
  }
  return right / rows;
}
