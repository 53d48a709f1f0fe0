import type { MatrixLike } from '../array/index.ts';
import { checkOptions, type Spec, type Target } from '../check/index.ts';
import { UnsupportedError } from '../errors/index.ts';
import { asWork, drive, type Work } from '../work/index.ts';
import { type AnyEstimator, Estimator } from './estimator.ts';
import {
  type CallOptions,
  checkCallOptions,
  checkDevice,
  type FitOptions,
  routeDevice,
  type ScoreOptions,
} from './options.ts';
import type { GpuCall } from './traits.ts';
import type { KindOf, METHODS, MethodName, MethodsOf, Needs, ResultOf } from './types.ts';
import { workName } from './work-name.ts';

type ClassesIn<E> = E extends { readonly classes_: infer C } ? C : never;

/**
 * An estimator that lets another one answer, after sending the samples through whatever comes first: pipelines,
 * searches, thresholds. Each method is there for the compiler only if the other estimator (`E`) has it.
 */
export abstract class Delegating<S extends Spec, L extends object, E> extends Estimator<
  S,
  L,
  MatrixLike,
  Target | undefined
> {
  declare readonly [METHODS]?: MethodsOf<E>;

  /** The kind of the estimator that answers. */
  get kind(): KindOf<E> {
    return this.template().kind as KindOf<E>;
  }

  /** Sorted labels seen in `fit`, where a classifier answers. */
  get classes_(): ClassesIn<E> {
    return (this.delegate() as unknown as { readonly classes_: ClassesIn<E> }).classes_;
  }

  /** Predictions of the estimator that answers. */
  predict(this: this & Needs<E, 'predict'>, X: MatrixLike, options: CallOptions = {}): ResultOf<E, 'predict'> {
    return this.#ask('predict', X, options) as ResultOf<E, 'predict'>;
  }

  /** Class probabilities of the estimator that answers. */
  predictProba(
    this: this & Needs<E, 'predictProba'>,
    X: MatrixLike,
    options: CallOptions = {},
  ): ResultOf<E, 'predictProba'> {
    return this.#ask('predictProba', X, options) as ResultOf<E, 'predictProba'>;
  }

  /** Logarithms of the class probabilities. */
  predictLogProba(
    this: this & Needs<E, 'predictLogProba'>,
    X: MatrixLike,
    options: CallOptions = {},
  ): ResultOf<E, 'predictLogProba'> {
    return this.#ask('predictLogProba', X, options) as ResultOf<E, 'predictLogProba'>;
  }

  /** Signed confidence per class of the estimator that answers. */
  decisionFunction(
    this: this & Needs<E, 'decisionFunction'>,
    X: MatrixLike,
    options: CallOptions = {},
  ): ResultOf<E, 'decisionFunction'> {
    return this.#ask('decisionFunction', X, options) as ResultOf<E, 'decisionFunction'>;
  }

  /** The transformed samples. */
  transform(this: this & Needs<E, 'transform'>, X: MatrixLike, options: CallOptions = {}): ResultOf<E, 'transform'> {
    return this.#ask('transform', X, options) as ResultOf<E, 'transform'>;
  }

  /** The samples that `transform` would give these for. */
  inverseTransform(
    this: this & Needs<E, 'inverseTransform'>,
    X: MatrixLike,
    options: CallOptions = {},
  ): ResultOf<E, 'inverseTransform'> {
    return this.#ask('inverseTransform', X, options) as ResultOf<E, 'inverseTransform'>;
  }

  /** Fits, then transforms the same samples. */
  fitTransform(
    this: this & Needs<E, 'transform'>,
    X: MatrixLike,
    y?: Target,
    options: FitOptions = {},
  ): ResultOf<E, 'transform'> {
    return drive((this as this).fitTransformWork(X, y, options), options) as ResultOf<E, 'transform'>;
  }

  /** Fits, and gives the cluster of each sample. */
  fitPredict(
    this: this & Needs<E, 'fitPredict'>,
    X: MatrixLike,
    y?: Target,
    options: FitOptions = {},
  ): ResultOf<E, 'fitPredict'> {
    return drive((this as this).fitPredictWork(X, y, options), options) as ResultOf<E, 'fitPredict'>;
  }

  /** Score of the estimator that answers: accuracy, R², or its own. */
  score(X: MatrixLike, y?: Target, options: ScoreOptions = {}): Promise<number> {
    return this.run(this.scoreWork(X, y, options));
  }

  predictWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    return this.#callWork('predict', X, options);
  }

  predictProbaWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    return this.#callWork('predictProba', X, options);
  }

  predictLogProbaWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    return this.#callWork('predictLogProba', X, options);
  }

  decisionFunctionWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    return this.#callWork('decisionFunction', X, options);
  }

  transformWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    return this.#callWork('transform', X, options);
  }

  inverseTransformWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    return this.#callWork('inverseTransform', X, options);
  }

  *fitTransformWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<unknown> {
    yield* this.fitWork(X, y, options);
    return yield* this.transformWork(X, routeDevice(options, this, 'transform'));
  }

  *fitPredictWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<Int32Array> {
    yield* this.fitWork(X, y, options);
    return (this.delegate() as unknown as { readonly labels_: Int32Array }).labels_;
  }

  *scoreWork(X: MatrixLike, y: Target | undefined, options: ScoreOptions = {}): Work<number> {
    checkOptions(options, ['sampleWeight'], `score ${this.name}`);
    const given = Object.values(options).every(option => option === undefined) ? [] : [options];
    return (yield* this.askWork('score', X, y, ...given)) as number;
  }

  override supports(method: MethodName): boolean {
    return this.template().supports(method);
  }

  /** Whether the estimator that answers uses the GPU for a call. */
  override usesGpu(call: GpuCall): boolean {
    return this.template().usesGpu(call);
  }

  /** The unfitted estimator that stands for the one that answers. */
  protected abstract template(): AnyEstimator;

  /** The fitted estimator that answers. */
  protected abstract delegate(): AnyEstimator;

  /** What samples go through before the other estimator sees them. */
  protected *prepare(X: MatrixLike, _options: CallOptions): Work<MatrixLike> {
    return yield* asWork(X);
  }

  /** @throws UnsupportedError if the estimator that answers lacks a method. */
  protected demand(method: MethodName): void {
    if (this.supports(method)) return;
    throw new UnsupportedError({
      action: `${method} with ${this.name}`,
      rule: `${this.template().name} must have ${method}`,
      received: 'one without it',
    });
  }

  /** Calls a method of the estimator that answers. */
  protected *askWork(method: MethodName, X: MatrixLike, ...rest: readonly unknown[]): Work<unknown> {
    this.demand(method);
    this.fitted(`${method} with ${this.name}`);
    return yield* callWork(this.delegate(), method, yield* this.prepare(X, {}), ...rest);
  }

  /** Calls a method that takes no options but those of every call, and hands the device on. */
  *#callWork(method: MethodName, X: MatrixLike, options: CallOptions): Work<unknown> {
    this.checkCall(method, options);
    const prepared = yield* this.prepare(X, options);
    return yield* callWork(this.delegate(), method, prepared, routeDevice(options, this.delegate(), method));
  }

  /**
   * Checks that a method can be called.
   *
   * @throws NotFittedError before `fit`. @throws UnsupportedError on a method or a device that there is not.
   */
  protected checkCall(method: MethodName, options: CallOptions): void {
    const action = `${method} with ${this.name}`;
    this.demand(method);
    this.fitted(action);
    checkCallOptions(options, action);
    checkDevice(options.device, this, method, action);
  }

  #ask(method: MethodName, X: MatrixLike, options: CallOptions): Promise<unknown> {
    return this.run(callWork(this, method, X, options), options);
  }
}

/** The work of a method that an estimator supports, by name. */
export function callWork(estimator: AnyEstimator, method: string, ...args: readonly unknown[]): Work<unknown> {
  const methods = estimator as unknown as Record<string, (...args: readonly unknown[]) => Work<unknown>>;
  return methods[workName(method)]!(...args);
}
