import { CsrMatrix, type MatrixLike } from '../array/index.ts';
import { boolean, type ParamsOf, type Target, value } from '../check/index.ts';
import {
  type AnyEstimator,
  type CallContext,
  type FitContext,
  type PARAMS,
  shapeOf,
  type Transformed,
} from '../core/index.ts';
import type { Work } from '../work/index.ts';
import { branchNames } from './branch-names.ts';
import { type Branch, JoiningTransformer, type NamesFeatures } from './joining-transformer.ts';
import type { CheckParts, PartEstimator, PartParams } from './part-types.ts';
import { checkParts, checkWeights, freshPart, weightsRule } from './parts.ts';
import { Passthrough } from './passthrough.ts';
import { stackTables } from './stack-tables.ts';

/** A named transformer, `'passthrough'` or `'drop'`. */
export type UnionPart = readonly [name: string, transformer: PartEstimator];

const spec = {
  /** Names and transformers, in the order of the output. */
  transformerList: value<readonly UnionPart[]>({
    default: [],
    expected: 'a list of [name, transformer]',
    accepts: Array.isArray,
  }),
  /** Factors by which results are multiplied, by transformer name. */
  transformerWeights: weightsRule(),
  /** Name output features `transformer__feature`; otherwise bare, which then must be unique. */
  verboseFeatureNamesOut: boolean({ default: true }),
};

interface Learned {
  readonly branches: readonly Branch[];
}

/** What a union takes besides its transformers. */
export interface FeatureUnionOptions {
  readonly transformerWeights?: Readonly<Record<string, number>> | null;
  readonly verboseFeatureNamesOut?: boolean;
}

/**
 * Transformers that are given the same samples, and whose results are put side by side. Sparse if one result is.
 * Parameters of parts are reached as `name__param`; a part is replaced or dropped by its name.
 *
 * Differs from scikit-learn: the caller's transformers are copied, never fitted; there is no `nJobs`.
 *
 * @example
 * import { FeatureUnion, MinMaxScaler, StandardScaler } from 'fitwise';
 * const union = new FeatureUnion([['range', new MinMaxScaler()], ['standard', new StandardScaler()]]);
 * await union.fit([[0], [2]]);
 * union.getFeatureNamesOut(); // ['range__x0', 'standard__x0']
 */
export class FeatureUnion<const P extends readonly UnionPart[] = readonly UnionPart[]> extends JoiningTransformer<
  typeof spec,
  Learned
> {
  static override readonly id = 'compose/FeatureUnion';
  static override readonly traits = { input: 'any', sparse: 'native', allowNaN: true } as const;

  /** Classes that fitted unions hold besides those of their parts. */
  static readonly uses = [Passthrough];

  static override fromParams(params: object): AnyEstimator {
    const { transformerList, ...options } = params as { transformerList: readonly UnionPart[] } & FeatureUnionOptions;
    return new this(transformerList, options);
  }

  declare readonly [PARAMS]?: PartParams<P> & ParamsOf<typeof spec>;

  /** @throws InvalidParamError if names repeat or are not allowed, or a part cannot transform. */
  constructor(transformerList: P & CheckParts<P>, options: FeatureUnionOptions = {}) {
    super(spec, {
      ...options,
      transformerList: checkParts('FeatureUnion', transformerList, 2, Object.keys(spec)),
    });
    checkWeights('FeatureUnion', this.params.transformerWeights, Object.keys(this.parts()));
  }

  /** The unfitted transformers, as `[name, transformer]`. */
  get transformerList(): P {
    return this.params.transformerList as P;
  }

  /** The fitted transformers by name. */
  get namedTransformers_(): Readonly<Record<string, AnyEstimator>> {
    return Object.fromEntries(this.learned.branches.map(({ name, estimator }) => [name, estimator]));
  }

  protected override *fitJoined(X: MatrixLike, y: Target | undefined, context: FitContext) {
    const branches = this.params.transformerList.flatMap(([name, part]) =>
      part === 'drop' ? [] : [{ name, estimator: freshPart(part) }],
    );
    const outputs = yield* this.fitTransformBranches(
      branches,
      branches.map(() => X),
      y,
      context,
    );
    const names = context.featureNames;
    return { learned: { branches }, output: this.#join(branches, outputs, shapeOf(X).rows, names, context.action) };
  }

  protected override *map(X: MatrixLike, context: CallContext): Work<Transformed> {
    const { branches } = this.learned;
    const outputs = yield* this.transformBranches(
      branches,
      branches.map(() => X),
      context,
    );
    return this.#join(branches, outputs, shapeOf(X).rows, this.featureNamesIn_, `transform with ${this.name}`);
  }

  protected override outputNames(inputNames: readonly string[]): string[] {
    return this.#names(this.learned.branches, inputNames);
  }

  protected override estimators(): readonly PartEstimator[] {
    return this.params.transformerList.map(([, part]) => part);
  }

  protected override parts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.params.transformerList);
  }

  protected override replaceParts(parts: Readonly<Record<string, unknown>>): object {
    const replace = ([name, part]: UnionPart) => [name, Object.hasOwn(parts, name) ? parts[name] : part];
    return { transformerList: this.params.transformerList.map(replace) };
  }

  #names(branches: readonly Branch[], inputNames: readonly string[] | undefined): string[] {
    const named = branches.map(({ name, estimator }) => ({
      name,
      features: (estimator as unknown as NamesFeatures).getFeatureNamesOut(inputNames),
    }));
    return branchNames(this.name, named, this.params.verboseFeatureNamesOut);
  }

  #join(
    branches: readonly Branch[],
    outputs: readonly Transformed[],
    rows: number,
    inputNames: readonly string[] | undefined,
    action: string,
  ): Transformed {
    const isSparse = outputs.some(output => output instanceof CsrMatrix);
    return stackTables(outputs, rows, isSparse, () => this.#names(branches, inputNames), action);
  }
}
