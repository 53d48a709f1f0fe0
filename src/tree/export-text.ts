import { boolean, checkParams, integer, listOf, nullable, type ParamsOf, text } from '../check/index.ts';
import { type AnyEstimator, checkModel } from '../core/index.ts';
import { InvalidInputError, showShape } from '../errors/index.ts';
import type { DecisionTreeClassifier } from './decision-tree-classifier.ts';
import type { DecisionTreeRegressor } from './decision-tree-regressor.ts';
import { isLeaf, type TreeArrays, valueStride } from './tree-arrays.ts';

const OWNER = 'the text of a tree';

const spec = {
  /** One name per feature; `feature_0`, `feature_1`, ... otherwise. */
  featureNames: nullable(listOf(text({ default: '' }), { default: [] })),
  /** One name per class, in the order of `classes_`; the labels themselves otherwise. */
  classNames: nullable(listOf(text({ default: '' }), { default: [] })),
  /** Deeper branches are cut off. */
  maxDepth: integer({ min: 0, default: 10 }),
  /** Blanks per level. */
  spacing: integer({ min: 1, default: 3 }),
  /** Digits after the point. */
  decimals: integer({ min: 0, max: 100, default: 2 }),
  /** Show the weight of each class in each leaf. */
  showWeights: boolean({ default: false }),
};
export type ExportTextOptions = Partial<ParamsOf<typeof spec>>;

/**
 * The rules of a fitted tree as text, in the form of scikit-learn's `export_text`.
 *
 * @returns one line per side of each split and per leaf
 * @throws NotFittedError before `fit`. @throws InvalidInputError if there is not one name per feature or class.
 *
 * @example
 * import { DecisionTreeClassifier, exportText } from 'fitwise';
 * const tree = await new DecisionTreeClassifier().fit([[1], [2], [4]], ['small', 'small', 'large']);
 * exportText(tree, { featureNames: ['size'] });
 * // '|--- size <= 3.00\n|   |--- class: small\n|--- size >  3.00\n|   |--- class: large\n'
 */
export function exportText(
  model: DecisionTreeClassifier | DecisionTreeRegressor,
  options: ExportTextOptions = {},
): string {
  const tree = treeOf(model);
  const { featureNames, maxDepth, spacing, decimals, showWeights, ...rest } = checkParams(OWNER, spec, options);
  checkNames('featureNames', featureNames, tree.nFeatures);
  const classNames = model.kind === 'classifier' ? classNamesOf(model, rest.classNames) : undefined;
  const lines: string[] = [];
  const leafText = (node: number) => describeLeaf(tree, node, classNames, { decimals, showWeights });
  const visit = (node: number, depth: number): void => {
    const bars = `|${' '.repeat(spacing)}`.repeat(depth);
    const indent = bars.slice(0, -spacing) + '-'.repeat(spacing);
    if (depth > maxDepth + 1) {
      const deep = depthBelow(tree, node);
      lines.push(`${indent} ${deep === 1 ? leafText(node) : `truncated branch of depth ${deep}`}`);
    } else if (isLeaf(tree, node)) {
      lines.push(`${indent} ${leafText(node)}`);
    } else {
      const name = featureNames?.[tree.feature[node]!] ?? `feature_${tree.feature[node]}`;
      const bound = toFixedHalfEven(tree.threshold[node]!, decimals);
      lines.push(`${indent} ${name} <= ${bound}`);
      visit(tree.childrenLeft[node]!, depth + 1);
      lines.push(`${indent} ${name} >  ${bound}`);
      visit(tree.childrenRight[node]!, depth + 1);
    }
  };
  visit(0, 1);
  return lines.map(line => `${line}\n`).join('');
}

function treeOf(model: DecisionTreeClassifier | DecisionTreeRegressor): TreeArrays {
  checkModel(model, 'the model', `make ${OWNER}`);
  if ('tree_' in model) return model.tree_;
  const { name } = model as AnyEstimator;
  throw new InvalidInputError({ action: `make ${OWNER}`, rule: 'the model must be a decision tree', received: name });
}

function checkNames(what: string, names: readonly string[] | null, count: number): void {
  if (names === null || names.length === count) return;
  throw new InvalidInputError({
    action: `make ${OWNER}`,
    rule: `${what} must have ${count} names`,
    received: showShape(names.length),
  });
}

/** Names by class; where there are several outputs, scikit-learn names none. */
function classNamesOf(model: DecisionTreeClassifier, given: readonly string[] | null): readonly string[] {
  const { nOutputs } = model.tree_;
  const classes =
    nOutputs === 1 ? model.classes_.flat().map(String) : Array.from({ length: nOutputs }, (_, k) => `${k}`);
  if (nOutputs === 1) checkNames('classNames', given, classes.length);
  return nOutputs === 1 ? (given ?? classes) : classes;
}

interface LeafFormat {
  readonly decimals: number;
  readonly showWeights: boolean;
}

/** Of several outputs, each one's first value is shown. */
function describeLeaf(
  tree: TreeArrays,
  node: number,
  classNames: readonly string[] | undefined,
  { decimals, showWeights }: LeafFormat,
): string {
  const stride = valueStride(tree);
  const own = tree.value.subarray(node * stride, (node + 1) * stride);
  const values = tree.nOutputs === 1 ? own : own.filter((_, at) => at % (stride / tree.nOutputs) === 0);
  const list = (scale: number) => `[${Array.from(values, v => toFixedHalfEven(v * scale, decimals)).join(', ')}]`;
  if (classNames === undefined) return `value: ${list(1)}`;
  const best = values.indexOf(values.reduce((most, value) => Math.max(most, value)));
  const weights = showWeights ? `weights: ${list(tree.weightedNNodeSamples[node]!)} ` : '';
  return `${weights}class: ${classNames[best]}`;
}

/** Levels from a node to its deepest leaf, both counted. */
function depthBelow(tree: TreeArrays, node: number): number {
  if (isLeaf(tree, node)) return 1;
  return 1 + Math.max(depthBelow(tree, tree.childrenLeft[node]!), depthBelow(tree, tree.childrenRight[node]!));
}

/** As `toFixed`, but exact halves go to the even digit, and infinity is `inf`, as in Python. */
function toFixedHalfEven(x: number, digits: number): string {
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  const rounded = x.toFixed(digits);
  const exact = Math.abs(x).toFixed(Math.min(100, digits + 60));
  const rest = exact.slice(exact.length - Math.min(100 - digits, 60));
  if (!/^50*$/.test(rest)) return rounded;
  const cut = exact.slice(0, exact.length - rest.length).replace(/\.$/, '');
  const isEven = '02468'.includes(cut[cut.length - 1]!);
  return isEven ? (x < 0 ? '-' : '') + cut : rounded;
}
