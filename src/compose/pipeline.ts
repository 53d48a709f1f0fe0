import type { MatrixLike } from '../array/index.ts';
import { nullable, type Target, value } from '../check/index.ts';
import {
  type AnyEstimator,
  asNests,
  boundParamOf,
  type CallOptions,
  type Consumable,
  callWork,
  Delegating,
  Estimator,
  type FitContext,
  type FitOptions,
  type GpuCall,
  type MethodName,
  nestedParamOf,
  type PARAMS,
  routeDevice,
  routeOptions,
} from '../core/index.ts';
import { InvalidParamError, show, UnsupportedError } from '../errors/index.ts';
import { step as progress, type Work } from '../work/index.ts';
import { FitCache } from './fit-cache.ts';
import { fitTransformCached } from './fit-transform-cached.ts';
import { checkNames, checkTuples, cloneIfEstimator } from './named-parts.ts';
import { Passthrough } from './passthrough.ts';
import type { CheckSteps, LastOf, Step, StepNamed, StepParams, Steps } from './step-types.ts';

const spec = {
  /** Names and estimators, in order; all but the last transform. */
  steps: value<Steps>({ default: [], expected: 'a list of [name, estimator] pairs', accepts: Array.isArray }),
  /** Remembers fitted steps, so that equal steps on the same data are fitted once. */
  memory: nullable(
    value<FitCache | null>({ default: null, expected: 'a FitCache', accepts: memory => memory instanceof FitCache }),
  ),
};

interface Learned {
  readonly steps: readonly (readonly [name: string, estimator: AnyEstimator])[];
}

/** What a pipeline takes besides its steps. */
export interface PipelineOptions {
  readonly memory?: FitCache | null;
}

/**
 * Transformers in a row, then an estimator: `fit` fits each on what the one before gives, `predict` sends samples
 * the same way. The estimators handed in are copied; the fitted ones are read with `step(name)`. Parameters of steps
 * are reached as `step__param`, and a step can be replaced by its name.
 *
 * Differs from scikit-learn: it never fits the caller's objects, and `fit`'s options go to every step that uses them.
 *
 * @example
 * import { LinearRegression, Pipeline, StandardScaler } from 'fitwise';
 * const pipeline = new Pipeline([['scaler', new StandardScaler()], ['regressor', new LinearRegression()]]);
 * const model = await pipeline.fit([[1], [2], [3]], [2, 4, 6]);
 * (await model.predict([[4]]))[0].toFixed(6); // '8.000000'
 */
export class Pipeline<const S extends Steps = Steps> extends Delegating<typeof spec, Learned, LastOf<S>> {
  static override readonly id: string = 'compose/Pipeline';
  static override readonly traits = { input: 'any', sparse: 'native' } as const;

  /** Classes that fitted pipelines hold besides those of their steps. */
  static readonly uses = [Passthrough];

  static override fromParams({ steps, ...options }: { steps: Steps } & PipelineOptions): AnyEstimator {
    return new this(steps as Steps & CheckSteps<Steps>, options);
  }

  declare readonly [PARAMS]?: StepParams<S> & { readonly steps: Steps; readonly memory: FitCache | null };

  /** Set in the copy that `fitTransform` fits, which then holds what the last step made of the training samples. */
  #isTransforming = false;
  #output: unknown;

  /** @throws InvalidParamError if names repeat or are not allowed, or a step that is not the last cannot transform. */
  constructor(steps: S & CheckSteps<S>, options: PipelineOptions = {}) {
    super(spec, { ...options, steps: checkSteps(steps) });
  }

  /** The unfitted steps, as `[name, estimator]`. */
  get steps(): S {
    return this.params.steps as S;
  }

  override get consumes(): readonly Consumable[] {
    return [...new Set(this.steps.flatMap(([, part]) => (part === 'passthrough' ? [] : part.consumes)))];
  }

  override get nFeaturesIn_(): number {
    return this.learned.steps[0]![1].nFeaturesIn_;
  }

  override get featureNamesIn_(): readonly string[] | undefined {
    return this.learned.steps[0]![1].featureNamesIn_;
  }

  /** The estimator of a step: the fitted one after `fit`, the template before. */
  step<N extends S[number][0]>(name: N): StepNamed<S, N> {
    const steps: Steps = this.isFitted ? this.learned.steps : this.steps;
    const found = steps.find(([other]) => other === name);
    if (found !== undefined) return found[1] as StepNamed<S, N>;
    throw new InvalidParamError({
      action: 'read a step of Pipeline',
      rule: `the name must be one of ${steps.map(([other]) => other).join(', ')}`,
      received: show(name),
    });
  }

  /** A pipeline of the steps from `from` to `to`, counted as `Array.slice` does; fitted if this one is. */
  slice(from?: number, to?: number): Pipeline {
    const part = new Pipeline(this.steps.slice(from, to) as Steps);
    const state = this.exportState();
    return state === undefined
      ? part
      : part.importState({ ...state, learned: { steps: state.learned.steps.slice(from, to) } });
  }

  /**
   * Names of the features after every transforming step.
   *
   * @throws UnsupportedError if a step does not name its features.
   */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    const { steps } = this.learned;
    const transforming = steps.filter(([, part], i) => i < steps.length - 1 || part.supports('transform'));
    return transforming.reduce<readonly string[] | undefined>((names, [name, part]) => {
      if ('getFeatureNamesOut' in part) return (part as unknown as NamesFeatures).getFeatureNamesOut(names);
      throw new UnsupportedError({
        action: 'name the output features of Pipeline',
        rule: 'every transforming step must name its features',
        received: `step '${name}' without getFeatureNamesOut`,
      });
    }, inputFeatures) as string[];
  }

  /** Makes every transforming step give named tables, or plain matrices. */
  setOutput(form: 'default' | 'table'): this {
    for (const [, part] of this.isFitted ? [...this.steps, ...this.learned.steps] : this.steps) {
      if (part instanceof Estimator && 'setOutput' in part) (part as unknown as NamesFeatures).setOutput(form);
    }
    return this;
  }

  /** The last step transforms the samples it was fitted on, by its own `fitTransform`. */
  override *fitTransformWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<unknown> {
    this.demand('transform');
    const run = this.clone();
    run.#isTransforming = true;
    yield* run.fitWork(X, y, options);
    this.importState(run.exportState()!);
    return run.#output;
  }

  protected override *learn(
    X: MatrixLike,
    y: Target | undefined,
    { options, previous, looser }: FitContext,
  ): Work<Learned> {
    const before = (previous as Learned | undefined)?.steps;
    const fitted: [string, AnyEstimator][] = [];
    let { validation } = options;
    let data = X;
    for (const [i, [name, part]] of this.steps.entries()) {
      const estimator = part === 'passthrough' ? new Passthrough() : part.clone();
      const warmStartFrom = before?.[i]?.[1];
      const own = routeOptions({ ...options, validation, warmStartFrom }, estimator);
      yield progress('Pipeline', i, this.steps.length);
      fitted.push([name, estimator]);
      if (i === this.steps.length - 1) {
        const known = lastOnSameData(looser as Learned | undefined, fitted);
        if (this.#isTransforming) this.#output = yield* callWork(estimator, 'fitTransform', data, y, own);
        else if (known === undefined) yield* estimator.fitWork(data, y, own);
        else yield* estimator.fitWithinWork(known, data, y, own);
        break;
      }
      const step = yield* fitTransformCached(this.params.memory, estimator, data, y, own);
      fitted[i] = [name, step.fitted];
      data = step.output;
      if (validation !== undefined) {
        validation = { ...validation, X: (yield* callWork(step.fitted, 'transform', validation.X)) as MatrixLike };
      }
    }
    return { steps: fitted };
  }

  protected override *prepare(X: MatrixLike, options: CallOptions): Work<MatrixLike> {
    const { steps } = this.learned;
    let data = X;
    for (let i = 0; i < steps.length - 1; i++) {
      const part = steps[i]![1];
      data = (yield* callWork(part, 'transform', data, routeDevice(options, part, 'transform'))) as MatrixLike;
    }
    return data;
  }

  /** Backwards through every step. */
  override *inverseTransformWork(X: MatrixLike, options: CallOptions = {}): Work<unknown> {
    this.checkCall('inverseTransform', options);
    let data = X;
    for (const [, part] of [...this.learned.steps].reverse()) {
      const own = routeDevice(options, part, 'inverseTransform');
      data = (yield* callWork(part, 'inverseTransform', data, own)) as MatrixLike;
    }
    return data;
  }

  /** Whether a step uses the GPU in a call: the others transform meanwhile. */
  override usesGpu(call: GpuCall): boolean {
    return this.steps.some(([, part], i) => {
      if (part === 'passthrough') return false;
      const isLast = i === this.steps.length - 1;
      return part.usesGpu(isLast || call === 'fit' || call === 'inverseTransform' ? call : 'transform');
    });
  }

  /** Going back needs every step, the rest only the last. */
  override supports(method: MethodName): boolean {
    const parts = this.steps.map(([, part]) => part);
    if (method !== 'inverseTransform') return super.supports(method);
    return parts.every(part => part === 'passthrough' || part.supports(method));
  }

  /** The nested parameter of the last step. */
  nestedParam(): string | undefined {
    return this.#ofLast(nestedParamOf);
  }

  /** The bound of the last step. */
  boundParam(): string | undefined {
    return this.#ofLast(boundParamOf);
  }

  #ofLast(paramOf: (part: unknown) => string | undefined): string | undefined {
    const [name, part] = this.steps.at(-1)!;
    const param = paramOf(part);
    return param === undefined ? undefined : `${name}__${param}`;
  }

  /** The fitted pipeline that a smaller value of its last step's nested parameter would have given. */
  cutTo(value: number): this {
    const state = this.fitted(`cut ${this.name}`);
    const steps = [...state.learned.steps];
    const [name, last] = steps.pop()!;
    const learned = { steps: [...steps, [name, asNests(last).cutTo(value)] as const] };
    return this.withParams({ [this.nestedParam()!]: value } as object).importState({ ...state, learned });
  }

  override storedParams(): object {
    return { ...this.params, memory: null };
  }

  protected override template(): AnyEstimator {
    const last = this.steps.at(-1)![1];
    return last === 'passthrough' ? new Passthrough() : last;
  }

  protected override delegate(): AnyEstimator {
    return this.learned.steps.at(-1)![1];
  }

  protected override parts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.steps);
  }

  protected override replaceParts(parts: Readonly<Record<string, unknown>>): object {
    return { steps: this.steps.map(([name, part]) => [name, Object.hasOwn(parts, name) ? parts[name] : part]) };
  }
}

/** The last step of another pipeline, if what it was fitted on came from the very steps before the last one of `fitted`. */
function lastOnSameData(other: Learned | undefined, fitted: Learned['steps']): AnyEstimator | undefined {
  const isSame = other?.steps.every(([, part], i) => i === fitted.length - 1 || part === fitted[i]![1]);
  return isSame ? other!.steps.at(-1)![1] : undefined;
}

interface NamesFeatures {
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[];
  setOutput(form: 'default' | 'table'): unknown;
}

/** Copies of the steps, once they obey the rules. */
function checkSteps(steps: unknown): Steps {
  const action = 'make Pipeline';
  checkTuples('Pipeline', 'steps', steps, 2, '[name, estimator] pairs');
  const pairs = steps as [string, unknown][];
  if (pairs.length === 0)
    throw new InvalidParamError({ action, rule: 'steps must be a non-empty list', received: '[]' });
  checkNames(
    'Pipeline',
    pairs.map(([name]) => name),
    Object.keys(spec),
  );
  pairs.forEach(([name, part], i) => {
    const isLast = i === pairs.length - 1;
    if (part === 'passthrough' || (part instanceof Estimator && (isLast || part.supports('transform')))) return;
    throw new InvalidParamError({
      action,
      rule: `step '${name}' must be ${isLast ? 'an estimator' : 'a transformer, as it is not the last'}`,
      received: show(part),
    });
  });
  return pairs.map(([name, part]) => [name, cloneIfEstimator(part)] as unknown as Step);
}
