import { type Cell, type Column, Frame, frameToMatrix, Matrix, type MatrixLike, toFrame } from '../array/index.ts';
import { boolean, compareLabels, either, type Label, nullable, oneOf, type ParamsOf, value } from '../check/index.ts';
import { type FitContext, InvertibleTransformer } from '../core/index.ts';
import { InvalidInputError, show, showShape, UnsupportedError, warn } from '../errors/index.ts';
import { fillMissingWork } from '../kernels/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { isAbsent, type MissingValue, missingMasks } from './missing.ts';
import { asFrame, numbersOf, type Table, withFlags } from './number-table.ts';
import { mean, median, mostFrequent, presentNumbers, type Statistic } from './statistics.ts';

const numberStatistics = loadOnce(() => import('./number-statistics.ts'));

const STRATEGIES = ['mean', 'median', 'most_frequent', 'constant'] as const;

const spec = {
  /** What stands for a missing value: `NaN` and `null` both mean any of `NaN`, `null` and `undefined`. */
  missingValues: value<MissingValue>({
    default: Number.NaN,
    expected: 'a number, NaN, a string or null',
    accepts: given =>
      given === null || typeof given === 'string' || (typeof given === 'number' && Math.abs(given) !== Infinity),
  }),
  /** What replaces the missing values of a feature, from those that are there; a function is given them as numbers. */
  strategy: either(
    oneOf(STRATEGIES, { default: 'mean' }),
    value<Statistic>({ default: mean, expected: 'a function', accepts: given => typeof given === 'function' }),
  ),
  /** The replacement of `'constant'`; null means 0 for numbers and `'missing_value'` for text. */
  fillValue: nullable(
    value<number | string | boolean>({
      default: 0,
      expected: 'a finite number, a string or a boolean',
      accepts: given => ['string', 'boolean'].includes(typeof given) || Number.isFinite(given),
    }),
  ),
  /** Append a column of zeros and ones for each feature with missing values in `fit`. */
  addIndicator: boolean({ default: false }),
  /** Keep features of which `fit` sees no value, filled with 0 (or `fillValue`), instead of leaving them out. */
  keepEmptyFeatures: boolean({ default: false }),
};

export type SimpleImputerParams = ParamsOf<typeof spec>;
type StrategyName = (typeof STRATEGIES)[number];

interface Learned {
  /** Replacement of each feature; `NaN` for features that are left out. */
  readonly statistics: Float64Array | readonly Cell[];
  /** Positions of the features that are kept. */
  readonly kept: readonly number[];
  /** Positions of the features with missing values in `fit`. */
  readonly withMissing: readonly number[];
  /** Whether every feature is one of numbers, so that a `Matrix` comes out. */
  readonly isNumeric: boolean;
}

/** Tables of text can only come out where the strategy takes text. */
type Imputed<S> = S extends 'most_frequent' | 'constant' ? Matrix | Frame : Matrix;

/**
 * Replaces the missing values of each feature by one value: the mean, the median, the most frequent value (the least
 * among several), a constant, or what a function of the values gives. Tables of numbers give a `Matrix`, tables with
 * text a `Frame`.
 *
 * Cost: O(samples × features) time; the median by selection.
 *
 * Differs from scikit-learn: each feature has its own type (there one text column makes a table's numbers objects);
 * `inverseTransform` gives features that were left out as missing; `'constant'` leaves a sparse feature out only if all
 * its values are missing (there also one of zeros, which are not stored); there is no `copy`, as inputs are never
 * written to.
 *
 * @example
 * import { SimpleImputer } from 'fitwise';
 * const imputer = await new SimpleImputer({ strategy: 'median' }).fit([[1], [NaN], [3]]);
 * (await imputer.transform([[NaN], [5]])).toArray(); // [[2], [5]]
 */
export class SimpleImputer<S extends StrategyName = 'mean'> extends InvertibleTransformer<
  typeof spec,
  Learned,
  Table,
  Imputed<S>,
  Imputed<S>
> {
  static override readonly id = 'impute/SimpleImputer';
  static override readonly traits = { input: 'table', sparse: 'expanded', allowNaN: true } as const;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(params: Partial<Omit<SimpleImputerParams, 'strategy'>> & { readonly strategy?: S | Statistic } = {}) {
    super(spec, params);
  }

  /** Replacement of each feature; `NaN` for features that are left out. */
  get statistics_(): Float64Array | readonly Cell[] {
    return this.learned.statistics;
  }

  /** Positions of the features with missing values in `fit`, which `addIndicator` gives a column each. */
  get indicatorFeatures_(): readonly number[] {
    return this.learned.withMissing;
  }

  protected override *learn(X: Table, _y: unknown, { action }: FitContext): Work<Learned> {
    const { missingValues, strategy } = this.params;
    checkKinds(X, missingValues, action);
    if (strategy !== 'mean' && strategy !== 'median') return this.#learnColumns(asFrame(X), action);
    const numbers = yield* numbersOf(X, missingValues, action);
    if (numbers === undefined) return this.#learnColumns(asFrame(X), action);
    const { columnMeans, columnMedians } = yield* numberStatistics();
    const found = yield* strategy === 'mean' ? columnMeans(numbers) : columnMedians(numbers);
    // Refuses infinite values, and else sums that overflow, by the sentences for columns.
    if (found.hasOverflown) return this.#learnColumns(asFrame(X), action);
    const { keepEmptyFeatures } = this.params;
    const statistics = found.statistics.map(value => (Number.isNaN(value) && keepEmptyFeatures ? 0 : value));
    const positions = Array.from(statistics.keys());
    return {
      statistics,
      kept: positions.filter(j => !Number.isNaN(statistics[j])),
      withMissing: positions.filter(j => found.present[j]! < X.rows),
      isNumeric: true,
    };
  }

  #learnColumns(X: Frame, action: string): Learned {
    const { missingValues, keepEmptyFeatures } = this.params;
    const masks = missingMasks(X, missingValues, action);
    const isNumeric = X.columns.every((column, j) => isNumberColumn(column, masks[j]!));
    const statistics = X.columns.map((column, j) => this.#statistic(column, masks[j]!, action));
    const positions = X.columns.map((_, j) => j);
    return {
      statistics: statistics.every(cell => typeof cell === 'number') ? Float64Array.from(statistics) : statistics,
      kept: positions.filter(j => keepEmptyFeatures || !Number.isNaN(statistics[j])),
      withMissing: positions.filter(j => masks[j]!.includes(1)),
      isNumeric: isNumeric && statistics.every(cell => typeof cell === 'number'),
    };
  }

  protected override *map(X: Table): Work<Imputed<S>> {
    const action = `transform with ${this.name}`;
    const { missingValues, addIndicator, keepEmptyFeatures } = this.params;
    const { statistics, kept, withMissing } = this.learned;
    checkKinds(X, missingValues, action);
    const numbers =
      statistics instanceof Float64Array && this.learned.isNumeric
        ? yield* numbersOf(X, missingValues, action)
        : undefined;
    const filled = numbers && (yield* fillMissingWork(numbers, statistics as Float64Array));
    const result = filled === undefined ? this.#mapColumns(asFrame(X), action) : filled;
    if (!keepEmptyFeatures) this.#warnOfDropped(X);
    if (filled === undefined || (kept.length === filled.columns && !addIndicator)) return result as Imputed<S>;
    return (yield* withFlags(filled, kept, numbers!, addIndicator ? withMissing : [])) as Imputed<S>;
  }

  #mapColumns(X: Frame, action: string): Matrix | Frame {
    const { missingValues, addIndicator } = this.params;
    const { statistics, kept, withMissing, isNumeric } = this.learned;
    const masks = missingMasks(X, missingValues, action);
    const names = this.outputNames(X.columnNames());
    const columns = kept.map((j, k) => fill(X.columns[j]!, masks[j]!, statistics[j], names[k]!));
    const indicators = !addIndicator
      ? []
      : withMissing.map((j, k) => ({ name: names[kept.length + k]!, values: Float64Array.from(masks[j]!) }));
    const result = new Frame([...columns, ...indicators], X.rows);
    return isNumeric ? frameToMatrix(result, action) : result;
  }

  /** Puts the missing values back, from the indicator columns. */
  protected override *unmap(X: MatrixLike): Work<Imputed<S>> {
    const action = `invert with ${this.name}`;
    const { kept, withMissing, isNumeric } = this.learned;
    const table = toFrame(X, action);
    if (!this.params.addIndicator) {
      throw new UnsupportedError({ action, rule: 'addIndicator must be true', received: 'false' });
    }
    if (table.numCols() !== kept.length + withMissing.length) {
      throw new InvalidInputError({
        action,
        rule: `X must have ${kept.length + withMissing.length} columns, as transform gives`,
        received: showShape(table.rows, table.numCols()),
      });
    }
    const names = this.featureNamesIn_ ?? Array.from({ length: this.nFeaturesIn_ }, (_, j) => `x${j}`);
    const columns = names.map((name, j) => this.#restore(table, name, j));
    yield { ops: table.rows * names.length };
    const result = new Frame(columns, table.rows);
    return (isNumeric ? frameToMatrix(result, action) : result) as Imputed<S>;
  }

  protected override outputNames(inputNames: readonly string[]): string[] {
    const { kept, withMissing } = this.learned;
    const indicators = this.params.addIndicator ? withMissing.map(j => `missingindicator_${inputNames[j]}`) : [];
    return [...kept.map(j => inputNames[j]!), ...indicators];
  }

  #statistic(column: Column, mask: Uint8Array, action: string): Cell {
    const { strategy, keepEmptyFeatures } = this.params;
    const isEmpty = !mask.includes(0);
    if (strategy === 'constant')
      return isEmpty && !keepEmptyFeatures ? Number.NaN : this.#constant(column, mask, action);
    if (isEmpty && typeof strategy !== 'function') return keepEmptyFeatures ? 0 : Number.NaN;
    if (strategy === 'most_frequent') return mostFrequent(column, mask, compareCells);
    const statistic = strategy === 'mean' ? mean : strategy === 'median' ? median : strategy;
    const name = typeof strategy === 'string' ? show(strategy) : 'of a function';
    const result: unknown = statistic(presentNumbers(column, mask, name, action));
    if (typeof result === 'number' && Math.abs(result) !== Infinity && (isEmpty || !Number.isNaN(result)))
      return result;
    throw new InvalidInputError({
      action,
      rule: `strategy ${name} must give a finite number for column ${show(column.name)}`,
      received: show(result),
    });
  }

  #constant(column: Column, mask: Uint8Array, action: string): Cell {
    const { fillValue } = this.params;
    const isNumber = isNumberColumn(column, mask);
    if (fillValue === null) return isNumber ? 0 : 'missing_value';
    if (!isNumber || typeof fillValue === 'number' || !mask.includes(0)) return fillValue;
    throw new InvalidInputError({
      action,
      rule: `fillValue must be a number for column ${show(column.name)} of numbers`,
      received: show(fillValue),
    });
  }

  #warnOfDropped(X: Table): void {
    const { kept } = this.learned;
    const names = X instanceof Matrix ? Array.from({ length: X.columns }, (_, j) => `x${j}`) : X.columnNames();
    if (kept.length === names.length) return;
    const dropped = names.filter((_, j) => !kept.includes(j));
    const message = `features without a value in fit are left out: ${show(dropped)}; set keepEmptyFeatures to keep them`;
    warn({ kind: 'user', source: this.name, message });
  }

  #restore(table: Frame, name: string, j: number): Column {
    const { kept, withMissing } = this.learned;
    const missing = this.params.missingValues;
    const at = kept.indexOf(j);
    const flags = withMissing.includes(j) ? table.columns[kept.length + withMissing.indexOf(j)]!.values : undefined;
    const cells = Array.from(
      { length: table.rows },
      (_, row): Cell =>
        at === -1 || (flags !== undefined && Number(flags[row]) !== 0) ? missing : table.columns[at]!.values[row],
    );
    const isNumeric = cells.every(cell => typeof cell === 'number');
    return { name, values: isNumeric ? Float64Array.from(cells as number[]) : cells };
  }
}

/** Numbers and booleans cannot equal a text that means missing. */
function checkKinds(X: Table, missing: MissingValue, action: string): void {
  const hasText = !(X instanceof Matrix) && X.columns.some(({ values }) => !(values instanceof Float64Array));
  if (typeof missing !== 'string' || hasText) return;
  throw new InvalidInputError({
    action,
    rule: 'missingValues must be a number where X holds numbers only',
    received: show(missing),
  });
}

/** Whether all values that are there are numbers. */
function isNumberColumn({ values }: Column, mask: Uint8Array): boolean {
  if (values instanceof Float64Array) return true;
  return values.every((cell, row) => mask[row] === 1 || typeof cell === 'number');
}

function fill({ values }: Column, mask: Uint8Array, replacement: Cell, name: string): Column {
  if (values instanceof Float64Array && typeof replacement === 'number') {
    return { name, values: values.map((cell, row) => (mask[row] === 1 ? replacement : cell)) };
  }
  return { name, values: Array.from(values, (cell, row) => (mask[row] === 1 ? replacement : cell)) };
}

/** Values of one type by their order; of several types, by the names of the types. */
function compareCells(a: Cell, b: Cell): number {
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) ? 1 : -1;
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return compareLabels(a as Label, b as Label);
}
