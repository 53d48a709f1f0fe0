import { type CsrMatrix, type Frame, Matrix, type MatrixLike, toFrame, toMatrix, toTable } from '../array/index.ts';
import { boolean, checkMatrix, oneOf, type ParamsOf, type Rule, value } from '../check/index.ts';
import { type CallOptions, InvertibleTransformer, type Transformed } from '../core/index.ts';
import { UnsupportedError, warn } from '../errors/index.ts';

/** Further arguments of a function, by name. */
export type KwArgs = Readonly<Record<string, unknown>>;

/** A function of whole tables. Method syntax, so that functions of `Matrix` and functions of `Frame` both fit. */
type TableFunction<D> = { call(X: D, kwArgs: KwArgs): MatrixLike }['call'];

type NamesFunction = (inputFeatures: readonly string[]) => readonly string[];

/** What the functions are given. */
type InputOf<I extends 'matrix' | 'frame'> = I extends 'frame' ? Frame : Matrix;

const spec = {
  /** Transforms a table; null changes nothing. */
  func: functionOr(null),
  /** Undoes `func`; null changes nothing. */
  inverseFunc: functionOr(null),
  /** What the functions are given: numbers (`'matrix'`), or named columns of any type (`'frame'`). */
  input: oneOf(['matrix', 'frame'], { default: 'matrix' }),
  /** Refuse missing and infinite numbers. */
  validate: boolean({ default: false }),
  /** Warn in `fit` if `inverseFunc` does not undo `func` on about a hundred rows. */
  checkInverse: boolean({ default: true }),
  /** Names of the output: those of the input (`'one-to-one'`), a function of them, or null (unknown). */
  featureNamesOut: value<'one-to-one' | NamesFunction | null>({
    default: null,
    expected: "null, 'one-to-one' or a function",
    accepts: given => given === null || given === 'one-to-one' || typeof given === 'function',
  }),
  /** Further arguments of `func`. */
  kwArgs: record(),
  /** Further arguments of `inverseFunc`. */
  invKwArgs: record(),
};

export type FunctionTransformerParams = ParamsOf<typeof spec>;

type TypedParams<I extends 'matrix' | 'frame'> = Partial<
  Omit<FunctionTransformerParams, 'func' | 'inverseFunc' | 'input'>
> & {
  readonly input?: I;
  readonly func?: TableFunction<InputOf<I>> | null;
  readonly inverseFunc?: TableFunction<InputOf<I>> | null;
};

/** Roughly how many rows the check of the inverse looks at. */
const CHECKED_ROWS = 100;

/**
 * A transformer from functions of your own; it learns nothing, so `transform` works before `fit`. A model that holds
 * functions cannot be saved.
 *
 * Differs from scikit-learn: the functions are given a `Matrix`, or with `input: 'frame'` a `Frame`, whatever the
 * caller passed (`acceptSparse` is not needed: sparse samples are expanded), and named arguments come as one object.
 *
 * @example
 * import { FunctionTransformer } from 'fitwise';
 * const logarithm = new FunctionTransformer({ func: X => X.map(Math.log1p), inverseFunc: X => X.map(Math.expm1) });
 * (await logarithm.transform([[0, Math.E - 1]])).toArray(); // [[0, 1]]
 */
export class FunctionTransformer<I extends 'matrix' | 'frame' = 'matrix'> extends InvertibleTransformer<
  typeof spec,
  object,
  MatrixLike,
  Transformed,
  Transformed
> {
  static override readonly id = 'preprocessing/FunctionTransformer';
  static override readonly traits = { input: 'any', sparse: 'expanded', allowNaN: true, stateless: true } as const;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(params: TypedParams<I> = {}) {
    super(spec, params);
  }

  protected override learn(X: MatrixLike): object {
    const { func, inverseFunc, checkInverse } = this.params;
    const table = this.#read(X, `fit ${this.name}`);
    if (checkInverse && func !== null && inverseFunc !== null && table instanceof Matrix) this.#checkInverse(table);
    return {};
  }

  protected override map(X: MatrixLike): Transformed {
    return this.#apply(this.params.func, this.params.kwArgs, X, `transform with ${this.name}`);
  }

  protected override unmap(X: MatrixLike): Transformed {
    return this.#apply(this.params.inverseFunc, this.params.invKwArgs, X, `invert with ${this.name}`);
  }

  /** Nothing is learned, so there is nothing to wait for. */
  override *inverseTransformWork(X: MatrixLike, options: CallOptions = {}) {
    return yield* this.calling('inverseTransform', options, 'invert with', () => this.unmap(X));
  }

  protected override outputNames(inputNames: readonly string[]): string[] {
    const { featureNamesOut } = this.params;
    if (featureNamesOut === 'one-to-one') return [...inputNames];
    if (featureNamesOut !== null) return [...featureNamesOut(inputNames)];
    throw new UnsupportedError({
      action: `name the output features of ${this.name}`,
      rule: 'featureNamesOut must say how they are named',
      received: 'null',
      repair: "pass featureNamesOut: 'one-to-one' or a function",
    });
  }

  #read(X: MatrixLike, action: string): Matrix | Frame {
    if (this.params.input === 'frame') return toFrame(X, action);
    const { matrix } = toMatrix(X, action);
    return this.params.validate ? checkMatrix(matrix, action) : matrix;
  }

  #apply(func: TableFunction<never> | null, kwArgs: KwArgs | null, X: MatrixLike, action: string): Transformed {
    const table = this.#read(X, action);
    if (func === null) return table instanceof Matrix ? table.clone() : table;
    return toTable(func(table as never, kwArgs ?? {}), action) as Matrix | CsrMatrix | Frame;
  }

  #checkInverse(X: Matrix): void {
    const every = Math.max(1, Math.floor(X.rows / CHECKED_ROWS));
    const chosen = Array.from({ length: Math.ceil(X.rows / every) }, (_, i) => i * every);
    const sample = X.takeRows(chosen);
    const { matrix } = toMatrix(this.unmap(this.map(sample)), `fit ${this.name}`);
    if (matrix.rows === sample.rows && matrix.columns === sample.columns && areClose(matrix.data, sample.data)) return;
    const message = 'inverseFunc does not undo func; set checkInverse to false if that is intended';
    warn({ kind: 'user', source: this.name, message });
  }
}

function areClose(a: Float64Array, b: Float64Array): boolean {
  return a.every((x, i) => Object.is(x, b[i]!) || Math.abs(x - b[i]!) <= 1e-9 + 1e-7 * Math.abs(b[i]!));
}

function functionOr(missing: null): Rule<TableFunction<never> | null> {
  return value<TableFunction<never> | null>({
    default: missing,
    expected: 'null or a function',
    accepts: given => given === null || typeof given === 'function',
  });
}

function record(): Rule<KwArgs | null> {
  return value<KwArgs | null>({
    default: null,
    expected: 'null or an object',
    accepts: given => given === null || (typeof given === 'object' && !Array.isArray(given)),
  });
}
