import { CsrMatrix, columnNamesOf, Frame, frameToMatrix, type MatrixLike, toFrame, toTable } from '../array/index.ts';
import { type ParamsOf, real, type Target, value } from '../check/index.ts';
import {
  type AnyEstimator,
  type CallContext,
  checkFeatureNames,
  Estimator,
  type FitContext,
  type PARAMS,
  type Transformed,
} from '../core/index.ts';
import { InvalidInputError, show, showShape } from '../errors/index.ts';
import type { Work } from '../work/index.ts';
import { branchNames, type VerboseNames } from './branch-names.ts';
import { JoiningTransformer, type NamesFeatures } from './joining-transformer.ts';
import { cloneIfEstimator } from './named-parts.ts';
import type { CheckParts, PartEstimator, PartParams } from './part-types.ts';
import { checkPart, checkParts, checkWeights, freshPart, weightsRule } from './parts.ts';
import { Passthrough } from './passthrough.ts';
import { type ColumnSelector, selectColumns } from './select-columns.ts';
import { hasText, stackTables, storedValues, widthOf } from './stack-tables.ts';

/** A named transformer (or `'passthrough'`, `'drop'`) and its columns. */
export type ColumnPart = readonly [name: string, transformer: PartEstimator, columns: ColumnSelector];

const spec = {
  /** Names, transformers and their columns, in the order of the output; a column may be used more than once. */
  transformers: value<readonly ColumnPart[]>({
    default: [],
    expected: 'a list of [name, transformer, columns]',
    accepts: Array.isArray,
  }),
  /** What becomes of the columns that no transformer takes; they come last, in the order of the input. */
  remainder: value<PartEstimator>({
    default: 'drop',
    expected: "a transformer, 'passthrough' or 'drop'",
    accepts: given => typeof given === 'string' || given instanceof Estimator,
  }),
  /** With sparse parts, the result is sparse if fewer than this share of its values are stored. */
  sparseThreshold: real({ min: 0, max: 1, default: 0.3 }),
  /** Factors by which results are multiplied, by transformer name. */
  transformerWeights: weightsRule(),
  /** Names `transformer__feature` (true), bare (false), by a text with `{transformerName}` and `{featureName}`, or by a function. */
  verboseFeatureNamesOut: value<VerboseNames>({
    default: true,
    expected: 'a boolean, a string or a function',
    accepts: given => ['boolean', 'string', 'function'].includes(typeof given),
  }),
};

/** What a column transformer takes besides its transformers. */
export interface ColumnTransformerOptions {
  readonly remainder?: PartEstimator;
  readonly sparseThreshold?: number;
  readonly transformerWeights?: Readonly<Record<string, number>> | null;
  readonly verboseFeatureNamesOut?: VerboseNames;
}

/** A transformer, fitted unless it has no columns, and the positions of its columns. */
interface ColumnBranch {
  readonly name: string;
  readonly estimator: AnyEstimator | 'drop';
  readonly positions: readonly number[];
  /** First and last (exclusive) output column. */
  readonly output: readonly [from: number, to: number];
}

interface Learned {
  readonly branches: readonly ColumnBranch[];
  readonly isSparse: boolean;
  /** Names of the columns where the input came as a `Frame`; null for tables of numbers. */
  readonly frameNames: readonly string[] | null;
}

/** A branch that gives output. */
type Active = ColumnBranch & { readonly estimator: AnyEstimator };

type Table = ReturnType<typeof toTable>;

/**
 * Transformers for different columns of a table, whose results are put side by side in their order. Columns chosen
 * from a table with names are found by their names later: other columns are ignored and the order is free; otherwise
 * they are found by position. Numbers give a `Matrix` (or a sparse matrix), text that is passed through a `Frame`.
 *
 * Differs from scikit-learn: a single name or position selects a table of one column; there is no `nJobs`; a fitted
 * model is saved with the positions that its functions chose.
 *
 * @example
 * import { ColumnTransformer, OneHotEncoder, StandardScaler } from 'fitwise';
 * const rows = [{ age: 30, city: 'Ulm' }, { age: 40, city: 'Bonn' }];
 * const encoder = new ColumnTransformer([
 *   ['numbers', new StandardScaler(), ['age']],
 *   ['words', new OneHotEncoder({ sparseOutput: false }), ['city']],
 * ]);
 * (await encoder.fitTransform(rows)).toArray(); // [[-1, 0, 1], [1, 1, 0]]
 */
export class ColumnTransformer<
  const P extends readonly ColumnPart[] = readonly ColumnPart[],
> extends JoiningTransformer<typeof spec, Learned> {
  static override readonly id = 'compose/ColumnTransformer';
  static override readonly traits = { input: 'any', sparse: 'native', allowNaN: true } as const;

  /** Classes that fitted column transformers hold besides those of their parts. */
  static readonly uses = [Passthrough];

  static override fromParams(params: object): AnyEstimator {
    const { transformers, ...options } = params as { transformers: readonly ColumnPart[] } & ColumnTransformerOptions;
    return new this(transformers, options);
  }

  declare readonly [PARAMS]?: PartParams<P> & ParamsOf<typeof spec>;

  /** @throws InvalidParamError if names repeat or are not allowed, or a part cannot transform. */
  constructor(transformers: P & CheckParts<P>, options: ColumnTransformerOptions = {}) {
    super(spec, {
      ...options,
      transformers: checkParts('ColumnTransformer', transformers, 3, Object.keys(spec)),
      remainder: cloneIfEstimator(options?.remainder),
    });
    checkPart(this.params.remainder, 'remainder', 'make ColumnTransformer');
    const names = this.params.transformers.map(([name]) => name);
    checkWeights('ColumnTransformer', this.params.transformerWeights, [...names, 'remainder']);
  }

  /** The unfitted transformers, as `[name, transformer, columns]`. */
  get transformers(): P {
    return this.params.transformers as P;
  }

  /** Each transformer (fitted, or unfitted where it has no columns) with the positions of its columns; the remainder last. */
  get transformers_(): readonly (readonly [string, AnyEstimator | 'drop', readonly number[]])[] {
    return this.learned.branches.map(({ name, estimator, positions }) => [name, estimator, positions]);
  }

  /** The fitted transformers by name. */
  get namedTransformers_(): Readonly<Record<string, AnyEstimator | 'drop'>> {
    return Object.fromEntries(this.learned.branches.map(({ name, estimator }) => [name, estimator]));
  }

  /** First and last (exclusive) output column of each transformer, by name. */
  get outputIndices_(): Readonly<Record<string, readonly [from: number, to: number]>> {
    const known = this.learned.branches.map(({ name, output }) => [name, output] as const);
    return { remainder: [0, 0], ...Object.fromEntries(known) };
  }

  /** Whether the result is sparse. */
  get sparseOutput_(): boolean {
    return this.learned.isSparse;
  }

  /** A fitted model is stored with positions in place of functions, which cannot be stored. */
  override storedParams(): object {
    const { transformers } = this.params;
    if (!this.isFitted) return this.params;
    const { branches } = this.learned;
    const plain = ([name, part, columns]: ColumnPart, i: number) => [
      name,
      part,
      typeof columns === 'function' ? branches[i]!.positions : columns,
    ];
    return { ...this.params, transformers: transformers.map(plain) };
  }

  protected override *fitJoined(X: MatrixLike, y: Target | undefined, context: FitContext) {
    const { action, featureNames } = context;
    const table = toTable(X, action);
    const planned = this.#plan(table, featureNames, action);
    const active = planned.filter(isActive);
    const outputs = yield* this.fitTransformBranches(
      active,
      active.map(({ positions }) => table.takeColumns(positions as number[])),
      y,
      context,
    );
    const learned = {
      branches: withOutput(planned, outputs),
      isSparse: isSparse(outputs, this.params.sparseThreshold),
      frameNames: table instanceof Frame ? table.columnNames() : null,
    };
    return { learned, output: this.#join(learned, outputs, table.rows, action) };
  }

  protected override *map(X: MatrixLike, context: CallContext): Work<Transformed> {
    const action = `transform with ${this.name}`;
    const active = this.learned.branches.filter(isActive);
    const { table, places } = this.#read(X, active, action);
    const inputs = active.map(({ positions }) => table.takeColumns(positions.map(j => places[j]!)));
    const outputs = yield* this.transformBranches(active, inputs, context);
    return this.#join(this.learned, outputs, table.rows, action);
  }

  protected override outputNames(inputNames: readonly string[]): string[] {
    return this.#names(this.learned, inputNames);
  }

  protected override estimators(): readonly PartEstimator[] {
    return [...this.params.transformers.map(([, part]) => part), this.params.remainder];
  }

  protected override parts(): Readonly<Record<string, unknown>> {
    const { transformers, remainder } = this.params;
    const parts = Object.fromEntries(transformers.map(([name, part]) => [name, part]));
    return remainder instanceof Estimator ? { ...parts, remainder } : parts;
  }

  protected override replaceParts(parts: Readonly<Record<string, unknown>>): object {
    const replace = ([name, part, columns]: ColumnPart) => [
      name,
      Object.hasOwn(parts, name) ? parts[name] : part,
      columns,
    ];
    const remainder = Object.hasOwn(parts, 'remainder') ? { remainder: parts.remainder } : {};
    return { transformers: this.params.transformers.map(replace), ...remainder };
  }

  /** Unfitted branches with their columns; the remainder is one more where columns are left over. */
  #plan(table: Table, names: readonly string[] | undefined, action: string): Omit<ColumnBranch, 'output'>[] {
    const { transformers, remainder } = this.params;
    const columns = widthOf(table);
    const frame = () => (table instanceof Frame ? table : toFrame(table, action));
    const branches = transformers.map(([name, part, selector]) => ({
      name,
      estimator: part === 'drop' ? part : freshPart(part),
      positions: selectColumns(selector, { columns, names, toFrame: frame }, action),
    }));
    const taken = new Set(branches.flatMap(({ positions }) => positions));
    const left = Array.from({ length: columns }, (_, j) => j).filter(j => !taken.has(j));
    if (left.length === 0) return branches;
    const estimator = remainder === 'drop' ? remainder : freshPart(remainder);
    return [...branches, { name: 'remainder', estimator, positions: left }];
  }

  /** The table in the form that `fit` saw, and where each column of `fit` stands in it. */
  #read(X: MatrixLike, active: readonly Active[], action: string): { table: Table; places: readonly number[] } {
    const { nFeaturesIn, featureNamesIn } = this.fitted(action);
    const received = columnNamesOf(X);
    if (featureNamesIn !== undefined && received !== undefined) {
      const missing = active
        .flatMap(({ positions }) => positions.map(j => featureNamesIn[j]!))
        .filter(n => !received.includes(n));
      if (missing.length > 0) {
        throw new InvalidInputError({
          action,
          rule: 'X must have the columns that are transformed',
          received: `a table without ${show([...new Set(missing)])}`,
        });
      }
      return { table: toTable(X, action), places: featureNamesIn.map(name => received.indexOf(name)) };
    }
    checkFeatureNames(this.name, action, featureNamesIn, received);
    const table = inForm(X, this.learned.frameNames, nFeaturesIn, action);
    return { table, places: Array.from({ length: nFeaturesIn }, (_, j) => j) };
  }

  #names({ branches }: Learned, inputNames: readonly string[]): string[] {
    const named = branches.filter(isActive).map(({ name, estimator, positions }) => ({
      name,
      features: (estimator as unknown as NamesFeatures).getFeatureNamesOut(positions.map(j => inputNames[j]!)),
    }));
    return branchNames(this.name, named, this.params.verboseFeatureNamesOut);
  }

  #join(learned: Learned, outputs: readonly Transformed[], rows: number, action: string): Transformed {
    if (learned.isSparse) demandColumns(learned, outputs, action);
    const names = () => this.#names(learned, learned.frameNames ?? []);
    return stackTables(outputs, rows, learned.isSparse, names, action);
  }
}

/** As in scikit-learn, a part that leaves no column fits beside dense parts only. */
function demandColumns({ branches }: Learned, outputs: readonly Transformed[], action: string): void {
  const empty = branches.filter(isActive).filter((_, k) => widthOf(outputs[k]!) === 0);
  if (empty.length === 0) return;
  throw new InvalidInputError({
    action,
    rule: 'each part of a sparse result must have a column',
    received: `none of ${show(empty.map(({ name }) => name))}`,
    repair: 'drop the part, or set sparseThreshold: 0 for a dense result',
  });
}

function isActive<B extends Pick<ColumnBranch, 'estimator' | 'positions'>>(
  branch: B,
): branch is B & { readonly estimator: AnyEstimator } {
  return branch.estimator !== 'drop' && branch.positions.length > 0;
}

function withOutput(planned: readonly Omit<ColumnBranch, 'output'>[], outputs: readonly Transformed[]): ColumnBranch[] {
  let [next, at] = [0, 0];
  return planned.map(branch => {
    if (!isActive(branch)) return { ...branch, output: [0, 0] };
    const from = at;
    at += widthOf(outputs[next++]!);
    return { ...branch, output: [from, at] };
  });
}

function isSparse(outputs: readonly Transformed[], threshold: number): boolean {
  if (!outputs.some(output => output instanceof CsrMatrix)) return false;
  const all = outputs.reduce((sum, output) => sum + output.rows * widthOf(output), 0);
  return outputs.reduce((sum, output) => sum + storedValues(output), 0) / all < threshold;
}

/** The input by position, with the names of `fit` where `fit` saw a `Frame`. */
function inForm(X: MatrixLike, frameNames: readonly string[] | null, columns: number, action: string): Table {
  const table = frameNames === null ? toTable(X, action) : toFrame(X, action);
  if (widthOf(table) !== columns) {
    throw new InvalidInputError({
      action,
      rule: `X must have ${columns} feature${columns === 1 ? '' : 's'} as in fit`,
      received: showShape(table.rows, widthOf(table)),
    });
  }
  if (!(table instanceof Frame)) return table;
  if (frameNames === null) return hasText(table) ? table : frameToMatrix(table, action);
  return new Frame(
    table.columns.map(({ values }, j) => ({ name: frameNames[j]!, values })),
    table.rows,
  );
}
