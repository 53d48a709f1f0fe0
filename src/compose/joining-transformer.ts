import type { MatrixLike } from '../array/index.ts';
import type { Spec, Target } from '../check/index.ts';
import {
  type AnyEstimator,
  type CallContext,
  type Consumable,
  callWork,
  type FitContext,
  type FitOptions,
  type GpuCall,
  routeDevice,
  routeOptions,
  type Transformed,
  Transformer,
} from '../core/index.ts';
import { step, type Work } from '../work/index.ts';
import type { PartEstimator } from './part-types.ts';
import { scaleTable } from './stack-tables.ts';

/** A fitted transformer among others. */
export interface Branch {
  readonly name: string;
  readonly estimator: AnyEstimator;
}

/** Names features. */
export interface NamesFeatures {
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[];
}

/** Several transformers side by side, whose results are joined. Fitting makes the training samples' results anyhow. */
export abstract class JoiningTransformer<S extends Spec, L extends object> extends Transformer<
  S,
  L,
  MatrixLike,
  Transformed
> {
  /** Set in the copy that `fitTransform` fits. */
  #keepsOutput = false;
  #output: Transformed | undefined;

  override get consumes(): readonly Consumable[] {
    const parts = this.estimators().flatMap(part => (typeof part === 'string' ? [] : part.consumes));
    // The rows of a validation set and a model to continue from belong to one estimator, not to parts of a table.
    return [...new Set(parts)].filter(name => name === 'sampleWeight' || name === 'groups');
  }

  override usesGpu(call: GpuCall): boolean {
    return this.estimators().some(part => typeof part !== 'string' && part.usesGpu(call));
  }

  /** Fits a copy, so that two calls at a time on one transformer do not mix. */
  override *fitTransformWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<Transformed> {
    const run = this.clone();
    run.#keepsOutput = true;
    yield* run.fitWork(X, y, options);
    this.importState(run.exportState()!);
    return this.dress(run.#output!);
  }

  /** The unfitted parts. */
  protected abstract estimators(): readonly PartEstimator[];

  /** Fits all parts and joins what they make of the same samples. */
  protected abstract fitJoined(
    X: MatrixLike,
    y: Target | undefined,
    context: FitContext,
  ): Work<{ readonly learned: L; readonly output: Transformed }>;

  protected override *learn(X: MatrixLike, y: Target | undefined, context: FitContext): Work<L> {
    const { learned, output } = yield* this.fitJoined(X, y, context);
    if (this.#keepsOutput) this.#output = output;
    return learned;
  }

  /** Samples as they came: each part checks what it is given. */
  protected override enter(X: MatrixLike, verb: string): MatrixLike {
    this.fitted(`${verb} ${this.name}`);
    return X;
  }

  protected *fitTransformBranches(
    branches: readonly Branch[],
    inputs: readonly MatrixLike[],
    y: Target | undefined,
    { options, action }: FitContext,
  ): Work<Transformed[]> {
    const outputs: Transformed[] = [];
    for (const [i, { name, estimator }] of branches.entries()) {
      yield step(this.name, i, branches.length);
      const own = routeOptions(options, estimator);
      const output = yield* callWork(estimator, 'fitTransform', inputs[i]!, y, own);
      outputs.push(this.#weigh(name, output as Transformed, action));
    }
    return outputs;
  }

  protected *transformBranches(
    branches: readonly Branch[],
    inputs: readonly MatrixLike[],
    { options }: CallContext,
  ): Work<Transformed[]> {
    const outputs: Transformed[] = [];
    for (const [i, { name, estimator }] of branches.entries()) {
      const own = routeDevice(options, estimator, 'transform');
      const output = yield* callWork(estimator, 'transform', inputs[i]!, own);
      outputs.push(this.#weigh(name, output as Transformed, `transform with ${this.name}`));
    }
    return outputs;
  }

  #weigh(name: string, output: Transformed, action: string): Transformed {
    const { transformerWeights } = this.params as { transformerWeights?: Readonly<Record<string, number>> | null };
    const weight = transformerWeights?.[name];
    return weight === undefined ? output : scaleTable(output, weight, action);
  }
}
