import type { Matrix } from '../array/index.ts';
import type { RegressionTarget } from '../check/index.ts';
import type { FitContext } from '../core/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import type { Ground } from '../kernels/index.ts';
import { r2Score } from '../metrics/index.ts';
import { RandomStream } from '../random/index.ts';
import { growthRules, joinColumns, toSingle, valueTreeData, warnOfOldCriterion } from '../tree/index.ts';
import type { Work } from '../work/index.ts';
import { bootstrapOf } from './bootstrap.ts';
import { type Forest, type ForestPlan, planAndGrow } from './grow-forest.ts';
import { outOfBagValues } from './out-of-bag.ts';
import type { RandomForestRegressorLearned, RandomForestRegressorParams } from './random-forest-regressor.ts';

/** The trees that a fit grows, and what it says of the samples that they did not draw. */
export function* growRegressor(
  X: Matrix,
  y: RegressionTarget,
  params: RandomForestRegressorParams,
  context: FitContext,
  name: string,
) {
  const { action } = context;
  const previous = context.previous as RandomForestRegressorLearned | undefined;
  const { nEstimators, nJobs, oobScore } = params;
  if (previous !== undefined) checkSameOutputs(previous, y.values.columns, action);
  const size = { nEstimators, nJobs, source: name, action };
  const makePlan = (ground: Ground) => planOf(X, y, params, context, name, ground);
  const known = { previous, looser: context.looser as Forest | undefined };
  const { forest, bootstrap } = yield* planAndGrow(makePlan, known, new RandomStream(context.seed), size);
  const learned = { ...forest, bootstrap, rows: X.rows };
  if (!oobScore || bootstrap === undefined) return { ...learned, outOfBag: undefined, oobScore: undefined };
  const columns = yield* outOfBagValues(forest, toSingle(X, action), bootstrap, name);
  const outOfBag = joinColumns(columns);
  return { ...learned, outOfBag, oobScore: r2Score(y.values, outOfBag) as number };
}

function* planOf(
  X: Matrix,
  y: RegressionTarget,
  params: RandomForestRegressorParams,
  { action, sampleWeight }: FitContext,
  source: string,
  ground: Ground,
): Work<ForestPlan> {
  const { criterion, ccpAlpha } = params;
  warnOfOldCriterion(criterion, source);
  const shape = { rows: X.rows, columns: X.columns, outputs: y.values.columns, classes: 1, totalWeight: 1, action };
  const rules = growthRules(params, shape);
  return {
    data: yield* valueTreeData(X, y, rules, action, ground),
    rules,
    ccpAlpha,
    bootstrap: bootstrapOf(params, X.rows, sampleWeight, { action, source }),
    weights: sampleWeight ?? new Float64Array(X.rows).fill(1),
    balancesDraws: false,
  };
}

function checkSameOutputs(previous: Forest, outputs: number, action: string): void {
  const { nOutputs } = previous.trees[0]!;
  if (nOutputs === outputs) return;
  const rule = `y must have ${nOutputs} outputs as for warmStartFrom`;
  throw new InvalidInputError({ action, rule, received: `${outputs} outputs` });
}
