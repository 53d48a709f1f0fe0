import { Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { boolean, nullable, type ParamsOf, type RegressionTarget, type Target, value } from '../check/index.ts';
import {
  type AnyEstimator,
  type CallContext,
  type Consumable,
  callWork,
  Estimator,
  type FitContext,
  type FlatParams,
  type GpuCall,
  type PARAMS,
  Regressor,
  type RegressorLearned,
  routeDevice,
  routeOptions,
} from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show, showShape, warn } from '../errors/index.ts';
import { LinearRegression } from '../linear-model/index.ts';
import type { Work } from '../work/index.ts';

/** A function of one value of the target. */
export type TargetFunction = (y: number) => number;

const functionRule = () =>
  nullable(
    value<TargetFunction>({
      default: y => y,
      expected: 'a function of a number',
      accepts: given => typeof given === 'function',
    }),
  );

const estimatorRule = (what: string) =>
  nullable(value<AnyEstimator | null>({ default: null, expected: what, accepts: given => given instanceof Estimator }));

const spec = {
  /** Predicts the transformed target; null stands for LinearRegression. */
  regressor: estimatorRule('a regressor'),
  /** Transforms the target, as a table of one column per output, and back; instead of the two functions. */
  transformer: estimatorRule('a transformer'),
  /** Transforms each value of the target. */
  func: functionRule(),
  /** Undoes `func`. */
  inverseFunc: functionRule(),
  /** Warn in `fit` if the transformation back does not give the target again. */
  checkInverse: boolean({ default: true }),
};

export type TransformedTargetRegressorParams = ParamsOf<typeof spec>;

interface Learned extends RegressorLearned {
  readonly regressor: AnyEstimator;
  /** Null where functions, or nothing, transform the target. */
  readonly transformer: AnyEstimator | null;
}

/** Parameters, with those of the regressor as `regressor__param`. */
type NestedParams<R> = {
  readonly [K in keyof FlatParams<R> & string as `regressor__${K}`]: FlatParams<R>[K];
};

/** Roughly how many rows the check of the inverse looks at. */
const CHECKED_ROWS = 10;

/**
 * Fits a regressor to a transformed target, `f(y)`, and transforms its predictions back: for prices, counts and other
 * targets that are closer to normal on another scale.
 *
 * Differs from scikit-learn: `func` and `inverseFunc` are functions of one number; a transformation of the whole
 * column is a `transformer`. A model with functions cannot be saved.
 *
 * @example
 * import { TransformedTargetRegressor } from 'fitwise';
 * const regressor = new TransformedTargetRegressor({ func: Math.log, inverseFunc: Math.exp });
 * const model = await regressor.fit([[1], [2], [3]], [Math.exp(1), Math.exp(2), Math.exp(3)]);
 * Math.log((await model.predict([[4]]))[0]).toFixed(6); // '4.000000'
 */
export class TransformedTargetRegressor<R extends AnyEstimator = AnyEstimator> extends Regressor<
  typeof spec,
  Learned,
  MatrixLike
> {
  static override readonly id = 'transformed-target/TransformedTargetRegressor';
  static override readonly traits = { input: 'any', sparse: 'native', allowNaN: true, multiOutput: true } as const;

  /** Classes that fitted models hold besides those of their parameters. */
  static readonly uses = [LinearRegression];

  declare readonly [PARAMS]?: TransformedTargetRegressorParams & NestedParams<R>;

  /** @throws InvalidParamError on functions without their counterpart, or together with a transformer. */
  constructor(
    params: Partial<Omit<TransformedTargetRegressorParams, 'regressor'>> & { readonly regressor?: R | null } = {},
  ) {
    super(spec, copyParts(params));
    checkTransformation(this.params);
  }

  override get consumes(): readonly Consumable[] {
    return this.#template().consumes.filter(name => name !== 'validation' && name !== 'warmStartFrom');
  }

  override usesGpu(call: GpuCall): boolean {
    return this.#template().usesGpu(call);
  }

  /** The fitted regressor. */
  get regressor_(): AnyEstimator {
    return this.learned.regressor;
  }

  /** The fitted transformer; null where functions, or nothing, transform the target. */
  get transformer_(): AnyEstimator | null {
    return this.learned.transformer;
  }

  protected override *learnValues(X: MatrixLike, y: RegressionTarget, { action, options }: FitContext) {
    const transformer = this.params.transformer?.clone() ?? null;
    if (transformer !== null) yield* transformer.fitWork(y.values, undefined);
    const transformed = yield* this.#forward(y.values, transformer, action);
    if (this.params.checkInverse) yield* this.#checkInverse(y.values, transformer, action);
    const regressor = this.#template().clone();
    const isList = !y.isMultiOutput && transformed.columns === 1;
    const target: Target = isList ? transformed.data : transformed;
    yield* regressor.fitWork(X, target, routeOptions(options, regressor));
    return { regressor, transformer };
  }

  protected override *regress(X: MatrixLike, { options }: CallContext): Work<Matrix> {
    const { regressor, transformer } = this.learned;
    const predicted = (yield* callWork(regressor, 'predict', X, routeDevice(options, regressor, 'predict'))) as
      | Float64Array
      | Matrix;
    const table = predicted instanceof Matrix ? predicted : new Matrix(predicted, predicted.length, 1);
    return yield* this.#backward(table, transformer, `predict with ${this.name}`);
  }

  /** Each part checks the samples it is given. */
  protected override enter(X: MatrixLike, verb: string): MatrixLike {
    this.fitted(`${verb} ${this.name}`);
    return X;
  }

  #template(): AnyEstimator {
    return this.params.regressor ?? (new LinearRegression() as unknown as AnyEstimator);
  }

  *#forward(y: Matrix, transformer: AnyEstimator | null, action: string): Work<Matrix> {
    const { func } = this.params;
    if (transformer === null) return func === null ? y : mapTarget(y, func, 'func', action);
    return toMatrix((yield* callWork(transformer, 'transform', y)) as MatrixLike, action).matrix;
  }

  *#backward(y: Matrix, transformer: AnyEstimator | null, action: string): Work<Matrix> {
    const { inverseFunc } = this.params;
    if (transformer === null) return inverseFunc === null ? y : mapTarget(y, inverseFunc, 'inverseFunc', action);
    return toMatrix((yield* callWork(transformer, 'inverseTransform', y)) as MatrixLike, action).matrix;
  }

  *#checkInverse(y: Matrix, transformer: AnyEstimator | null, action: string): Work<void> {
    const every = Math.max(1, Math.floor(y.rows / CHECKED_ROWS));
    const sample = y.takeRows(Array.from({ length: Math.ceil(y.rows / every) }, (_, i) => i * every));
    const there = yield* this.#forward(sample, transformer, action);
    const back = yield* this.#backward(there, transformer, action);
    if (back.columns !== y.columns) {
      throw new InvalidInputError({
        action,
        rule: `the transformation back must give ${y.columns} columns, as y has`,
        received: showShape(back.rows, back.columns),
      });
    }
    const isSame = back.data.every(
      (b, at) => Math.abs(b - sample.data[at]!) <= 1e-8 + 1e-5 * Math.abs(sample.data[at]!),
    );
    if (isSame) return;
    const message = 'the transformation back does not give y again; set checkInverse to false if that is intended';
    warn({ kind: 'user', source: this.name, message });
  }
}

/** The parameters with copies of the estimators among them; what is no record of parameters is left to be refused. */
function copyParts(params: object): object {
  if (typeof params !== 'object' || params === null) return params;
  const copies = Object.entries(params).map(([name, part]) => [name, part instanceof Estimator ? part.clone() : part]);
  return Object.fromEntries(copies);
}

function checkTransformation({ func, inverseFunc, transformer }: TransformedTargetRegressorParams): void {
  const action = 'make TransformedTargetRegressor';
  if (transformer !== null && (func !== null || inverseFunc !== null)) {
    throw new InvalidParamError({ action, rule: 'transformer and functions must not both be set', received: 'both' });
  }
  if ((func === null) !== (inverseFunc === null)) {
    throw new InvalidParamError({
      action,
      rule: 'func and inverseFunc must be given together',
      received: func === null ? 'inverseFunc only' : 'func only',
      repair: 'pass y => y for the one that changes nothing',
    });
  }
  if (transformer !== null && !(transformer.supports('transform') && transformer.supports('inverseTransform'))) {
    throw new InvalidParamError({
      action,
      rule: 'transformer must have transform and inverseTransform',
      received: show(transformer),
    });
  }
}

/** @throws InvalidInputError if the function gives something that is not a finite number. */
function mapTarget(y: Matrix, func: TargetFunction, name: string, action: string): Matrix {
  return y.map((before, row) => {
    const after: unknown = func(before);
    if (typeof after === 'number' && Number.isFinite(after)) return after;
    throw new InvalidInputError({
      action,
      rule: `${name} must give finite numbers`,
      received: `${show(after)} for ${before} at row ${row}`,
    });
  });
}
