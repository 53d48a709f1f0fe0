import { Matrix, type MatrixLike } from '../array/index.ts';
import {
  checkLength,
  checkParams,
  checkSampleWeight,
  checkSize,
  type ParamsOf,
  type Spec,
  type Target,
  toList,
  unknownParam,
} from '../check/index.ts';
import { assert, InvalidInputError, NotFittedError, show } from '../errors/index.ts';
import type { Compute, Placement } from '../kernels/index.ts';
import { type Seed, seedOf } from '../random/index.ts';
import { asWork, drive, type RunOptions, type Work } from '../work/index.ts';
import { computeOn, ON_CPU } from './compute-on.ts';
import type { CallContext, FitContext } from './context.ts';
import { checkFeatureNames } from './feature-names.ts';
import { type CallOptions, checkCallOptions, checkDevice, checkFitOptions, type FitOptions } from './options.ts';
import { type Entry, readInput } from './read-input.ts';
import type { Consumable, GpuCall, Traits } from './traits.ts';
import type { Fitted, Kind, MethodName, PARAMS } from './types.ts';
import { workName } from './work-name.ts';

/** Everything that a fit leaves behind, replaced in one go. */
export interface FittedState<L> {
  readonly learned: L;
  readonly nFeaturesIn: number;
  readonly featureNamesIn: readonly string[] | undefined;
  /** The integer that stands for `randomState` in this fit, where the estimator has one. */
  readonly seed: number | undefined;
}

export type AnyEstimator = Estimator<Spec, object, unknown, unknown>;

/** What a fit may start from. */
interface Start {
  readonly previous?: object | undefined;
  readonly looser?: FittedState<object> | undefined;
  readonly isUpdate: boolean;
}

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
    this.#name = nameOf(new.target);
    this.params = checkParams(this.#name, spec, params);
  }

  /** The class's name as sentences show it; it survives minification. */
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
    if (this.isFitted) this.enter(X, 'update');
    return yield* this.#learnWork(X, y, options, { previous: this.#state?.learned, isUpdate: true });
  }

  *#learnWork(X: MatrixLike, y: Target | undefined, options: FitOptions, start: Start): Work<this> {
    const action = `fit ${this.name}`;
    checkFitOptions(options, this.consumes, action);
    const entry = readInput(X, action, this.traits, { isRaw: this.traits.findsInfinite === true });
    checkSize(entry.rows, entry.columns, action, this.traits.minRows ?? 1);
    const previous = start.previous ?? this.#warmStart(options, entry.columns, action);
    const context = this.#context(action, entry, options);
    const seed = start.looser?.seed ?? context.seed;
    const base = { ...context, seed, isUpdate: start.isUpdate, previous, looser: start.looser?.learned };
    const learned = yield* this.#computing('fit', options, action, compute => {
      const context = { ...base, compute };
      return this.learn(entry.data as D, this.readY(y, entry.rows, action, context), context);
    });
    this.#state = Object.freeze({
      learned: Object.freeze(learned),
      nFeaturesIn: entry.columns,
      featureNamesIn: entry.names,
      seed: Object.hasOwn(this.params, 'randomState') ? base.seed : undefined,
    });
    return this;
  }

  /** What was learned from other features, or by another class, cannot be gone on from. */
  #warmStart({ warmStartFrom: model }: FitOptions, columns: number, action: string): object | undefined {
    if (model === undefined) return undefined;
    if (!(model instanceof Estimator) || model.constructor !== this.constructor) {
      throw new InvalidInputError({
        action,
        rule: `warmStartFrom must be a fitted ${this.name}`,
        received: show(model),
      });
    }
    const { learned, nFeaturesIn } = model.fitted(action);
    if (nFeaturesIn === columns) return learned;
    throw new InvalidInputError({
      action,
      rule: `X must have as many features as warmStartFrom was fitted on (${nFeaturesIn})`,
      received: `${columns}`,
    });
  }

  /** What is learned from checked data; it must not write to them. */
  protected abstract learn(X: D, y: T, context: FitContext): L | Work<L>;

  /** The target in the form that `learn` takes; classifiers and regressors encode it. */
  protected readY(y: Target | undefined, rows: number, action: string, _context: FitContext): T {
    if (y === undefined || y === null) {
      if (this.traits.needsY) throw new InvalidInputError({ action, rule: 'y must be given', received: 'none' });
      return undefined as T;
    }
    if (this.traits.input !== 'any') checkLength('y', countRows(y, action), rows, action);
    return y as T;
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
    if (this.#state === undefined) {
      throw new NotFittedError({ action, rule: 'fit must be called first', received: 'an unfitted estimator' });
    }
    return this.#state;
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

  #context(action: string, entry: Entry, options: FitOptions): Omit<FitContext, keyof Start | 'compute'> {
    const { sampleWeight } = options;
    const { randomState } = this.params as { randomState?: Seed };
    const seed = randomState === undefined ? 0 : seedOf(randomState);
    return {
      action,
      options,
      featureNames: entry.names,
      sampleWeight: sampleWeight === undefined ? undefined : checkSampleWeight(sampleWeight, entry.rows, action),
      seed,
    };
  }
}

/**
 * Contained estimators after some of their parameters were replaced: a plain name replaces the estimator, and
 * `name__param` goes on inside it (split at the first `__`).
 */
function replaceNested(
  owner: string,
  known: readonly string[],
  parts: Readonly<Record<string, unknown>>,
  given: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  const replaced: Record<string, unknown> = {};
  const nested = new Map<string, Record<string, unknown>>();
  for (const [key, value] of given) {
    const at = key.indexOf('__');
    const head = at === -1 ? key : key.slice(0, at);
    if (!Object.hasOwn(parts, head)) throw unknownParam(owner, key, known);
    if (at === -1) replaced[head] = value;
    else nested.set(head, { ...nested.get(head), [key.slice(at + 2)]: value });
  }
  for (const [head, params] of nested) {
    const part = replaced[head] ?? parts[head];
    if (!(part instanceof Estimator)) throw unknownParam(owner, `${head}__${Object.keys(params)[0]}`, known);
    replaced[head] = part.withParams(params);
  }
  return replaced;
}

function countRows(y: Target, action: string): number {
  return y instanceof Matrix ? y.rows : toList<unknown>(y, 'y', action).length;
}

/** The last part of the class's id. */
function nameOf(ownClass: { readonly name: string }): string {
  const { id } = ownClass as typeof Estimator;
  return id.slice(id.lastIndexOf('/') + 1) || ownClass.name;
}
