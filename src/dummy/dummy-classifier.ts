import { Matrix, type MatrixLike } from '../array/index.ts';
import { type ClassTarget, type Label, nullable, oneOf, type ParamsOf, seed, value } from '../check/index.ts';
import {
  type CallContext,
  type ClassifierLearned,
  type FitContext,
  ProbabilisticClassifier,
  shapeOf,
} from '../core/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { RandomState } from '../random/index.ts';
import { asWork, type Work } from '../work/index.ts';

const spec = {
  /**
   * `'prior'` and `'most_frequent'` predict the most frequent class (with the classes' shares, or 1, as its
   * probability), `'stratified'` draws by the shares, `'uniform'` draws evenly, `'constant'` predicts `constant`.
   */
  strategy: oneOf(['prior', 'most_frequent', 'stratified', 'uniform', 'constant'], { default: 'prior' }),
  /** Seed of the draws; each call draws anew from it. */
  randomState: seed(),
  /** The label that `'constant'` predicts; a list of one per output where there are several. */
  constant: nullable(
    value<Label | readonly Label[]>({
      default: 0,
      expected: 'a label or a list of labels',
      accepts: given => isLabel(given) || (Array.isArray(given) && given.length > 0 && given.every(isLabel)),
    }),
  ),
};

export type DummyClassifierParams = ParamsOf<typeof spec>;

interface Learned extends ClassifierLearned {
  /** Share of each class, per output. */
  readonly priors: readonly Float64Array[];
  /** Position of the constant label, per output. */
  readonly constants: readonly number[];
}

/**
 * Predicts without looking at the features: what a real classifier has to beat. `X` may hold anything.
 *
 * @example
 * import { DummyClassifier } from 'fitwise';
 * const model = await new DummyClassifier().fit([[0], [1], [2]], ['no', 'yes', 'yes']);
 * await model.predict([[5]]); // ['yes']
 * (await model.predictProba([[5]])).toArray(); // [[0.333..., 0.666...]]
 */
export class DummyClassifier extends ProbabilisticClassifier<typeof spec, Learned, MatrixLike> {
  static override readonly id = 'dummy/DummyClassifier';
  static override readonly traits = {
    input: 'any',
    sparse: 'native',
    allowNaN: true,
    multiOutput: true,
    poorScore: true,
    consumes: ['sampleWeight'],
  } as const;

  constructor(params: Partial<DummyClassifierParams> = {}) {
    super(spec, params);
  }

  /** Share of each class; a list per output where there are several. */
  get classPrior_(): Float64Array | readonly Float64Array[] {
    const { priors, isMultiOutput } = this.learned;
    return isMultiOutput ? priors : priors[0]!;
  }

  /** Number of columns of `y`. */
  get nOutputs_(): number {
    return this.learned.classes.length;
  }

  protected override learnClasses(_X: MatrixLike, y: ClassTarget, { sampleWeight, action }: FitContext) {
    const priors = y.outputs.map(({ classes, codes }) => {
      const counts = new Float64Array(classes.length);
      for (let i = 0; i < codes.length; i++) counts[codes[i]!]! += sampleWeight === undefined ? 1 : sampleWeight[i]!;
      const total = counts.reduce((sum, count) => sum + count, 0);
      return counts.map(count => count / total);
    });
    return { priors, constants: this.params.strategy === 'constant' ? this.#constants(y, action) : [] };
  }

  protected override probabilities(X: MatrixLike): Matrix[] {
    const { rows } = shapeOf(X);
    const random = new RandomState(this.randomState_!);
    return this.learned.priors.map((prior, k) => this.#probabilities(prior, k, rows, random));
  }

  protected override *classify(X: MatrixLike, context: CallContext): Work<readonly Int32Array[]> {
    if (this.params.strategy !== 'uniform') return yield* super.classify(X, context);
    return yield* asWork(this.#drawEvenly(shapeOf(X).rows));
  }

  #drawEvenly(rows: number): Int32Array[] {
    const random = new RandomState(this.randomState_!);
    return this.learned.priors.map(prior => random.randint(0, prior.length, rows));
  }

  #probabilities(prior: Float64Array, output: number, rows: number, random: RandomState): Matrix {
    const { strategy } = this.params;
    const repeat = (row: ArrayLike<number>) =>
      Matrix.fromRows(
        Array.from({ length: rows }, () => row),
        prior.length,
      );
    const certain = (code: number) => repeat(prior.map((_, k) => (k === code ? 1 : 0)));
    if (strategy === 'constant') return certain(this.learned.constants[output]!);
    if (strategy === 'most_frequent') return certain(prior.indexOf(Math.max(...prior)));
    if (strategy === 'uniform') return repeat(prior.map(() => 1 / prior.length));
    if (strategy === 'prior') return repeat(prior);
    return Matrix.fromRows(
      Array.from({ length: rows }, () => random.multinomial(1, prior)),
      prior.length,
    );
  }

  #constants({ outputs }: ClassTarget, action: string): number[] {
    const { constant } = this.params;
    const labels = Array.isArray(constant) ? (constant as readonly Label[]) : [constant as Label | null];
    if (constant === null || labels.length !== outputs.length) {
      const rule = `constant must be given${outputs.length > 1 ? ` for each of the ${outputs.length} outputs` : ''}`;
      throw new InvalidParamError({ action, rule, received: show(constant) });
    }
    return outputs.map(({ classes }, k) => {
      const code = classes.indexOf(labels[k]!);
      if (code !== -1) return code;
      throw new InvalidParamError({
        action,
        rule: `constant must be among ${show(classes)}`,
        received: show(labels[k]),
      });
    });
  }
}

function isLabel(given: unknown): boolean {
  return ['string', 'boolean'].includes(typeof given) || Number.isFinite(given);
}
