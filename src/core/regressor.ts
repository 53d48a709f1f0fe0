import type { Matrix, MatrixLike } from '../array/index.ts';
import type { RegressionTarget, Spec, Target } from '../check/index.ts';
import { asWork, type LazyModule, loadOnce, type Work } from '../work/index.ts';
import type { CallContext, FitContext } from './context.ts';
import { Estimator } from './estimator.ts';
import type { CallOptions, ScoreOptions } from './options.ts';
import { whenFitting } from './when-fitting.ts';

const scoring = loadOnce(() => import('./score-values.ts'));

/** What every regressor learns: the form of its target. */
export interface RegressorLearned {
  readonly isMultiOutput: boolean;
}

type Own<L extends RegressorLearned> = Omit<L, keyof RegressorLearned>;

/** Learns to predict numbers. */
export abstract class Regressor<S extends Spec, L extends RegressorLearned, D = Matrix> extends Estimator<
  S,
  L,
  D,
  RegressionTarget
> {
  readonly kind = 'regressor';

  override lazyModules(learned: L): readonly LazyModule[] {
    return [...super.lazyModules(learned), scoring];
  }

  /**
   * The predicted value of each sample.
   *
   * @param X samples × features
   * @returns one number per sample; samples × outputs where `y` had several
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  predict(X: MatrixLike, options: CallOptions = {}): Promise<Float64Array | Matrix> {
    return this.run(this.predictWork(X, options), options);
  }

  /** The work of `predict`. */
  *predictWork(X: MatrixLike, options: CallOptions = {}): Work<Float64Array | Matrix> {
    const values = yield* this.answering('predict', 'predict with', X, options, (data, context) =>
      this.regress(data, context),
    );
    return this.learned.isMultiOutput ? values : values.data;
  }

  /** The coefficient of determination R² on the given data, averaged over outputs. */
  score(X: MatrixLike, y: Target, options: ScoreOptions = {}): Promise<number> {
    return this.run(this.scoreWork(X, y, options));
  }

  /** The work of `score`. */
  *scoreWork(X: MatrixLike, y: Target, options: ScoreOptions = {}): Work<number> {
    const { scoreValues } = yield* scoring();
    return scoreValues(y, yield* this.predictWork(X), options, `score ${this.name}`);
  }

  /** What is learned from checked values. */
  protected abstract learnValues(X: D, y: RegressionTarget, context: FitContext): Own<L> | Work<Own<L>>;

  /** samples × outputs. */
  protected abstract regress(X: D, context: CallContext): Matrix | Work<Matrix>;

  protected override *learn(X: D, y: RegressionTarget, context: FitContext): Work<L> {
    const own = yield* asWork(this.learnValues(X, y, context));
    return { ...own, isMultiOutput: y.isMultiOutput } as unknown as L;
  }

  protected override *readY(y: Target | undefined, rows: number, { action }: FitContext): Work<RegressionTarget> {
    const { readValueTarget } = yield* whenFitting();
    return readValueTarget(y, rows, this, action);
  }
}
