import type { Matrix, MatrixLike } from '../array/index.ts';
import { checkParams, type ParamsOf, type Spec, type Target } from '../check/index.ts';
import { assert, InvalidInputError } from '../errors/index.ts';
import type { Compute, Placement } from '../kernels/index.ts';
import { asWork, drive, type LazyModule, loadAll, type RunOptions, type Work } from '../work/index.ts';
import { computeOn, ON_CPU } from './compute-on.ts';
import type { CallContext, FitContext } from './context.ts';
import { checkFeatureNames } from './feature-names.ts';
import { checkFitted, type FittedState } from './fitted-state.ts';
import { type CallOptions, checkCallOptions, checkDevice, type FitOptions } from './options.ts';
import type { Start } from './prepare-fit.ts';
import { type Entry, needsPreparing, prepareInput, readInput } from './read-input.ts';
import { replaceNested } from './replace-nested.ts';
import type { Consumable, GpuCall, Traits } from './traits.ts';
import type { Fitted, Kind, MethodName, PARAMS } from './types.ts';
import { whenFitting } from './when-fitting.ts';
import { workName } from './work-name.ts';

export type AnyEstimator = Estimator<Spec, object, unknown, unknown>;

/**
 * What every estimator is: parameters that are checked once and never change, and a fitted state that is replaced
 * whole. Subclasses say what is learned (`learn`); checking, routing, driving and bookkeeping are done here.
 *
 * @typeParam S the parameters' rules
 * @typeParam L the record that `learn` gives
 * @typeParam D the data that `learn` takes: `Matrix`, `Frame`, or what the traits say
 * @typeParam T the target that `learn` takes
 */
export abstract class Estimator<S extends Spec = Spec, L extends object = object, D = Matrix, T = Target | undefined> {
  /** Names the class in saved models: `family/ClassName`. */
  static readonly id: string = '';
  static readonly traits: Traits = {};

  /** An unfitted estimator of this class from complete parameters; composed estimators know their own constructor. */
  static fromParams(params: object): AnyEstimator {
    // biome-ignore lint/complexity/noThisInStatic: it is called on subclasses
    return new (this as unknown as new (params: object) => AnyEstimator)(params);
  }

  declare readonly [PARAMS]?: ParamsOf<S>;
  abstract readonly kind: Kind;
  /** The parameters, complete and frozen. */
  readonly params: ParamsOf<S>;
  readonly #name: string;
  #state: FittedState<L> | undefined;
  #placement: Placement | undefined;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(spec: S, params: object) {
    const { id, name } = new.target as unknown as typeof Estimator;
    this.#name = id.slice(id.lastIndexOf('/') + 1) || name;
    this.params = checkParams(this.#name, spec, params);
  }

  /** The class's name as sentences show it: that of its id, which survives minification, where it has one. */
  get name(): string {
    return this.#name;
  }

  get traits(): Traits {
    return (this.constructor as typeof Estimator).traits;
  }

  /** The options of `fit` that this estimator, or what it contains, uses. */
  get consumes(): readonly Consumable[] {
    return this.traits.consumes ?? [];
  }

  /** Whether a call has GPU kernels here, or in what this estimator contains. */
  usesGpu(call: GpuCall): boolean {
    return this.traits.gpu?.includes(call) ?? false;
  }

  /**
   * Where the matrix products of the last call with device `'gpu'` or `'auto'` ran, and why `'auto'` stayed on the
   * processor. Undefined before such a call. Pipelines and searches hand the device on: ask their parts.
   */
  get device_(): Placement | undefined {
    return this.#placement;
  }

  get isFitted(): boolean {
    return this.#state !== undefined;
  }

  /** Whether this estimator, as it is composed, has a method. */
  supports(method: MethodName): boolean {
    return typeof (this as Record<string, unknown>)[workName(method)] === 'function';
  }

  /** Number of features seen in `fit`. */
  get nFeaturesIn_(): number {
    return this.fitted().nFeaturesIn;
  }

  /** Names of the features seen in `fit`; undefined where the input had none. */
  get featureNamesIn_(): readonly string[] | undefined {
    return this.fitted().featureNamesIn;
  }

  /** The integer seed of the last fit: passing it as `randomState` repeats that fit. */
  get randomState_(): number | undefined {
    return this.fitted().seed;
  }

  /** The parameters, with those of contained estimators as `part__param`. */
  getParams(): Readonly<Record<string, unknown>> {
    const flat: Record<string, unknown> = { ...this.params };
    for (const [name, part] of Object.entries(this.parts())) {
      flat[name] = part;
      if (!(part instanceof Estimator)) continue;
      for (const [inner, value] of Object.entries(part.getParams())) flat[`${name}__${inner}`] = value;
    }
    return flat;
  }

  /**
   * An unfitted copy with some parameters replaced; `part__param` reaches into contained estimators.
   *
   * @throws InvalidParamError on an unknown parameter or a value outside its rule.
   */
  withParams(params: Partial<NonNullable<this[typeof PARAMS]>>): this {
    const given = Object.entries(params);
    const own = given.filter(([key]) => Object.hasOwn(this.params, key));
    const base = own.length === 0 ? this : this.#rebuild({ ...this.params, ...Object.fromEntries(own) });
    const rest = given.filter(([key]) => !Object.hasOwn(this.params, key));
    return base.#rebuild({
      ...base.params,
      ...base.replaceParts(replaceNested(this.name, base.#names(), base.parts(), rest)),
    });
  }

  /** An unfitted copy. */
  clone(): this {
    return this.withParams({});
  }

  /** Contained estimators by name; nested parameter names reach into them. */
  protected parts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(this.params).filter(([, value]) => value instanceof Estimator));
  }

  /** The parameters in which some contained estimators are replaced. */
  protected replaceParts(parts: Readonly<Record<string, unknown>>): object {
    return parts;
  }

  /**
   * Learns from data. The model that was there before stays whole until the last moment: a fit that fails or is
   * aborted changes nothing.
   *
   * @param X samples × features
   * @param y one value per sample, or one row per sample where there are several outputs
   * @returns this estimator, typed as fitted
   * @throws InvalidInputError on data that break a rule. @throws the signal's reason on abort.
   */
  async fit<const Y extends Target = Target>(X: MatrixLike, y?: Y, options: FitOptions = {}): Promise<Fitted<this, Y>> {
    await drive(this.fitWork(X, y, options), options);
    return this as unknown as Fitted<this, Y>;
  }

  /** The work of `fit`, to be composed by `yield*`. */
  *fitWork(X: MatrixLike, y: Target | undefined, options: FitOptions = {}): Work<this> {
    return yield* this.#learnWork(X, y, options, { isUpdate: false });
  }

  /**
   * The work of `fit` beside a model that was fitted on the same data and differs in its bound alone (see `Bounds`):
   * what stays within this bound may be taken from there. The model is the one that `fitWork` gives with that seed.
   */
  *fitWithinWork(looser: AnyEstimator, X: MatrixLike, y: Target | undefined, options: FitOptions = {}): Work<this> {
    return yield* this.#learnWork(X, y, options, { looser: looser.fitted(), isUpdate: false });
  }

  /** The work of `partialFit`, where a class offers it: `learn` is told what was learned before. */
  protected *updateWork(X: MatrixLike, y: Target | undefined, options: FitOptions = {}): Work<this> {
    if (this.isFitted) yield* this.entering(X, 'update');
    return yield* this.#learnWork(X, y, options, { previous: this.#state?.learned, isUpdate: true });
  }

  *#learnWork(X: MatrixLike, y: Target | undefined, options: FitOptions, start: Start): Work<this> {
    const { prepareFit } = yield* whenFitting();
    const { entry, context: prepared } = yield* prepareFit(this, X, options, start);
    const learnWith = this.#learnWith.bind(this, entry, y, prepared);
    const learned = yield* this.#computing('fit', options, prepared.action, learnWith);
    yield* loadAll(this.lazyModules(learned));
    this.#state = Object.freeze({
      learned: Object.freeze(learned),
      nFeaturesIn: entry.columns,
      featureNamesIn: entry.names,
      seed: Object.hasOwn(this.params, 'randomState') ? prepared.seed : undefined,
    });
    return this;
  }

  *#learnWith(entry: Entry, y: Target | undefined, prepared: Omit<FitContext, 'compute'>, compute: Compute): Work<L> {
    const context = { ...prepared, compute };
    const target = yield* this.readY(y, entry.rows, context);
    return yield* asWork(this.learn(entry.data as D, target, context));
  }

  /** What is learned from checked data; it must not write to them. */
  protected abstract learn(X: D, y: T, context: FitContext): L | Work<L>;

  /** The target in the form that `learn` takes; classifiers and regressors encode it. */
  protected *readY(y: Target | undefined, rows: number, { action }: FitContext): Work<T> {
    const { readAnyTarget } = yield* whenFitting();
    return readAnyTarget(y, rows, this, action) as T;
  }

  #rebuild(params: object): this {
    return (this.constructor as typeof Estimator).fromParams(params) as this;
  }

  /**
   * The state of the last fit.
   *
   * @throws NotFittedError before `fit`.
   */
  protected fitted(action = `use ${this.name}`): FittedState<L> {
    return checkFitted(this.#state, action);
  }

  /** What a model that has learned this is used with: `fit` and loading wait for it, so that `sync` has it at once. */
  lazyModules(_learned: L): readonly LazyModule[] {
    return this.traits.input === 'text' ? [whenFitting] : [];
  }

  /** What the last fit learned. */
  protected get learned(): L {
    return this.fitted().learned;
  }

  /** Input of `predict`, `transform` and the like: fitted, of fit's width and names, finite. */
  protected enter(X: MatrixLike, verb: string): D {
    const action = `${verb} ${this.name}`;
    if (this.traits.stateless && !this.isFitted) return readInput(X, action, this.traits).data as D;
    const { nFeaturesIn, featureNamesIn } = this.fitted(action);
    const entry = readInput(X, action, this.traits);
    checkFeatureNames(this.name, action, featureNamesIn, entry.names);
    if (entry.columns !== nFeaturesIn) {
      throw new InvalidInputError({
        action,
        rule: `X must have ${nFeaturesIn} feature${nFeaturesIn === 1 ? '' : 's'} as in fit`,
        received: `shape (${entry.rows}, ${entry.columns})`,
      });
    }
    return entry.data as D;
  }

  /** {@link enter} with checkpoints where the input is long. */
  protected *entering(X: MatrixLike, verb: string): Work<D> {
    const { traits } = this;
    const action = `${verb} ${this.name}`;
    return this.enter(needsPreparing(X, traits) ? yield* prepareInput(X, action, traits) : X, verb);
  }

  /** Runs work with promises; the asynchronous twin of every `...Work` method. */
  protected run<R>(work: Work<R>, options: RunOptions = {}): Promise<R> {
    return drive(work, options);
  }

  /** The work of a call that takes no options but those of every call, on the device that these ask for. */
  protected calling<R>(
    call: GpuCall,
    options: CallOptions,
    verb: string,
    body: (context: CallContext) => R | Work<R>,
  ): Work<R> {
    const action = `${verb} ${this.name}`;
    checkCallOptions(options, action);
    if (options.device === undefined) return asWork(body({ action, compute: ON_CPU, options }));
    return this.#computing(call, options, action, compute => body({ action, compute, options }));
  }

  /** {@link calling} for a call that is given samples: `body` has them read. */
  protected answering<R>(
    call: GpuCall,
    verb: string,
    X: MatrixLike,
    options: CallOptions,
    body: (data: D, context: CallContext) => R | Work<R>,
  ): Work<R> {
    return this.calling(call, options, verb, context =>
      needsPreparing(X, this.traits)
        ? this.#answerPrepared(verb, X, context, body)
        : body(this.enter(X, verb), context),
    );
  }

  *#answerPrepared<R>(
    verb: string,
    X: MatrixLike,
    context: CallContext,
    body: (data: D, context: CallContext) => R | Work<R>,
  ): Work<R> {
    return yield* asWork(body(yield* this.entering(X, verb), context));
  }

  *#computing<R>(
    call: GpuCall,
    options: CallOptions,
    action: string,
    body: (compute: Compute) => R | Work<R>,
  ): Work<R> {
    const device = checkDevice(options.device, this, call, action);
    if (device === 'cpu') return yield* asWork(body(ON_CPU));
    const { result, placement } = yield* computeOn(device, { user: this, call, action }, body);
    this.#placement = placement;
    return result;
  }

  /** For saving: the state as it is, or undefined before `fit`. */
  exportState(): FittedState<L> | undefined {
    return this.#state;
  }

  /** For saving: the parameters that a copy needs; what only speeds a fit up may be left out. */
  storedParams(): object {
    return this.params;
  }

  /** For loading: takes over a state that `exportState` of the same class gave. */
  importState(state: FittedState<L>): this {
    assert(typeof state.learned === 'object', 'a fitted state has a learned record');
    this.#state = Object.freeze({ ...state, learned: Object.freeze(state.learned) });
    return this;
  }

  #names(): string[] {
    return [...new Set([...Object.keys(this.params), ...Object.keys(this.parts())])];
  }
}
