/** The target of a fit in the form that each kind of estimator learns from. */
import { Matrix } from '../array/index.ts';
import {
  type ClassTarget,
  checkClassTarget,
  checkLength,
  checkRegressionTarget,
  type EncodedLabels,
  encodeWith,
  type Label,
  type RegressionTarget,
  type Target,
  toList,
  uniqueLabels,
} from '../check/index.ts';
import { InvalidInputError, show, showShape, warn } from '../errors/index.ts';
import type { FitContext } from './context.ts';
import type { Traits } from './traits.ts';

/** What a target is read for. */
interface Reader {
  readonly name: string;
  readonly traits: Traits;
}

/**
 * A target that is handed on as it is.
 *
 * @throws InvalidInputError if it is needed and missing, or of a wrong length.
 */
export function readAnyTarget(
  y: Target | undefined,
  rows: number,
  { traits }: Reader,
  action: string,
): Target | undefined {
  if (y === undefined || y === null) {
    if (traits.needsY) throw new InvalidInputError({ action, rule: 'y must be given', received: 'none' });
    return undefined;
  }
  if (traits.input !== 'any') checkLength('y', countRows(y, action), rows, action);
  return y;
}

function countRows(y: Target, action: string): number {
  return y instanceof Matrix ? y.rows : toList<unknown>(y, 'y', action).length;
}

/** Labels as codes; those of a `partialFit` among the classes of the calls before. */
export function readClassTarget(y: Target | undefined, rows: number, reader: Reader, context: FitContext): ClassTarget {
  const target = checkClassTarget(y, rows, context.action);
  const shape = { isMultiOutput: target.isMultiOutput, columns: target.outputs.length, rows };
  const isMultiOutput = settleOutputs(shape, reader, context.action);
  return { ...target, isMultiOutput, outputs: context.isUpdate ? knownOutputs(target, context) : target.outputs };
}

/** Finite numbers, rows × outputs. */
export function readValueTarget(y: Target | undefined, rows: number, reader: Reader, action: string): RegressionTarget {
  const target = checkRegressionTarget(y, rows, action);
  const shape = { isMultiOutput: target.isMultiOutput, columns: target.values.columns, rows };
  return { ...target, isMultiOutput: settleOutputs(shape, reader, action) };
}

/**
 * Whether predictions have columns. A `y` of one column, given to an estimator that knows one output only, is taken
 * as a plain list, with a warning.
 *
 * @throws InvalidInputError if the estimator knows one output only and `y` has more.
 */
function settleOutputs(
  target: { readonly isMultiOutput: boolean; readonly columns: number; readonly rows: number },
  { name, traits }: Reader,
  action: string,
): boolean {
  if (!target.isMultiOutput || traits.multiOutput) return target.isMultiOutput;
  if (target.columns === 1) {
    warn({ kind: 'data-conversion', source: name, message: 'a y of one column was taken as a plain list of values' });
    return false;
  }
  throw new InvalidInputError({
    action,
    rule: 'y must have one output',
    received: showShape(target.rows, target.columns),
    repair: 'fit one estimator per output',
  });
}

/**
 * The labels of a `partialFit`, as positions among the classes of the calls before; the first call names them all.
 *
 * @throws InvalidInputError if the first call does not, if others are named later, and on a label not among them.
 */
function knownOutputs({ outputs }: ClassTarget, { action, options, previous }: FitContext): readonly EncodedLabels[] {
  const given = options.classes === undefined ? undefined : uniqueLabels(action, options.classes);
  const learned = (previous as { readonly classes: readonly (readonly Label[])[] } | undefined)?.classes;
  if (given === undefined && learned === undefined) {
    throw new InvalidInputError({
      action,
      rule: 'classes must name all labels in the first call of partialFit',
      received: 'none',
      repair: 'pass { classes: [...] }',
    });
  }
  if (given !== undefined && learned !== undefined && !areSame(given, learned[0]!)) {
    throw new InvalidInputError({
      action,
      rule: `classes must be those of the first call (${show(learned[0])})`,
      received: show(given),
    });
  }
  return outputs.map((output, k) => {
    const classes = learned?.[k] ?? given!;
    const labels = Array.from(output.codes, code => output.classes[code]!);
    return { classes, codes: encodeWith(action, labels, classes) };
  });
}

function areSame(a: readonly Label[], b: readonly Label[]): boolean {
  return a.length === b.length && a.every((label, k) => label === b[k]);
}
