import { Matrix, type MatrixLike } from '../array/index.ts';
import type { ClassTarget, EncodedLabels, Label, Spec, Target } from '../check/index.ts';
import { asWork, type LazyModule, loadOnce, type Work } from '../work/index.ts';
import type { CallContext, FitContext } from './context.ts';
import { Estimator } from './estimator.ts';
import type { CallOptions, ScoreOptions } from './options.ts';
import { whenFitting } from './when-fitting.ts';

const scoring = loadOnce(() => import('../metrics/classification/accuracy-score.ts'));

/** What every classifier learns: its classes, and the form of its target. */
export interface ClassifierLearned {
  /** Sorted, one list per output. */
  readonly classes: readonly (readonly Label[])[];
  readonly isMultiOutput: boolean;
}

/** The part of a classifier's record that `learn` of the base class adds. */
type Own<L extends ClassifierLearned> = Omit<L, keyof ClassifierLearned>;

/** One label per sample; `accuracyScore` refuses several itself. */
type Labels = ArrayLike<Label>;

/** Learns to predict labels. Subclasses say what is learned from codes, and how codes are predicted. */
export abstract class Classifier<S extends Spec, L extends ClassifierLearned, D = Matrix> extends Estimator<
  S,
  L,
  D,
  ClassTarget
> {
  readonly kind = 'classifier';

  override lazyModules(learned: L): readonly LazyModule[] {
    return [...super.lazyModules(learned), scoring];
  }

  /** Sorted labels seen in `fit`; one list per output where there are several. */
  get classes_(): readonly Label[] | readonly (readonly Label[])[] {
    const { classes, isMultiOutput } = this.learned;
    return isMultiOutput ? classes : classes[0]!;
  }

  /** Number of classes; one per output where there are several. */
  get nClasses_(): number | readonly number[] {
    const { classes, isMultiOutput } = this.learned;
    return isMultiOutput ? classes.map(labels => labels.length) : classes[0]!.length;
  }

  /**
   * The most likely label of each sample.
   *
   * @param X samples × features
   * @returns one label per sample, of the type that `y` had; a list per sample where `y` had several outputs
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  predict(X: MatrixLike, options: CallOptions = {}): Promise<Label[] | Label[][]> {
    return this.run(this.predictWork(X, options), options);
  }

  /** The work of `predict`. */
  *predictWork(X: MatrixLike, options: CallOptions = {}): Work<Label[] | Label[][]> {
    const codes = yield* this.answering('predict', 'predict with', X, options, (data, context) =>
      this.classify(data, context),
    );
    const { classes, isMultiOutput } = this.learned;
    if (!isMultiOutput) return labelsOf(codes[0]!, classes[0]!);
    return Array.from(codes[0]!, (_, i) => codes.map((column, k) => classes[k]![column[i]!]!));
  }

  /** Mean accuracy on the given data: the share of samples whose every output is right. */
  score(X: MatrixLike, y: Target, options: ScoreOptions = {}): Promise<number> {
    return this.run(this.scoreWork(X, y, options));
  }

  /** The work of `score`. */
  *scoreWork(X: MatrixLike, y: Target, options: ScoreOptions = {}): Work<number> {
    const { accuracyScore } = yield* scoring();
    const predicted = yield* this.predictWork(X);
    return accuracyScore(y as Labels, predicted as Labels, options);
  }

  /** What is learned from encoded labels. */
  protected abstract learnClasses(X: D, y: ClassTarget, context: FitContext): Own<L> | Work<Own<L>>;

  /** Positions in `classes_`, one list per output. */
  protected abstract classify(X: D, context: CallContext): readonly Int32Array[] | Work<readonly Int32Array[]>;

  protected override *learn(X: D, y: ClassTarget, context: FitContext): Work<L> {
    const own = yield* asWork(this.learnClasses(X, y, context));
    const classes = y.outputs.map(output => output.classes);
    return { ...own, classes, isMultiOutput: y.isMultiOutput } as unknown as L;
  }

  protected override *readY(y: Target | undefined, rows: number, context: FitContext): Work<ClassTarget> {
    const { readClassTarget } = yield* whenFitting();
    return readClassTarget(y, rows, this, context);
  }
}

/** A classifier that knows how sure it is. */
export abstract class ProbabilisticClassifier<
  S extends Spec,
  L extends ClassifierLearned,
  D = Matrix,
> extends Classifier<S, L, D> {
  /**
   * The probability of each class.
   *
   * @param X samples × features
   * @returns samples × classes, columns in the order of `classes_`; one matrix per output where there are several
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  predictProba(X: MatrixLike, options: CallOptions = {}): Promise<Matrix | Matrix[]> {
    return this.run(this.predictProbaWork(X, options), options);
  }

  /** The work of `predictProba`. */
  *predictProbaWork(X: MatrixLike, options: CallOptions = {}): Work<Matrix | Matrix[]> {
    const matrices = yield* this.answering('predictProba', 'predict with', X, options, (data, context) =>
      this.probabilities(data, context),
    );
    return this.learned.isMultiOutput ? [...matrices] : matrices[0]!;
  }

  /** The natural logarithm of `predictProba`. */
  predictLogProba(X: MatrixLike, options: CallOptions = {}): Promise<Matrix | Matrix[]> {
    return this.run(this.predictLogProbaWork(X, options), options);
  }

  /** The work of `predictLogProba`. */
  *predictLogProbaWork(X: MatrixLike, options: CallOptions = {}): Work<Matrix | Matrix[]> {
    const matrices = yield* this.answering('predictLogProba', 'predict with', X, options, (data, context) =>
      this.logProbabilities(data, context),
    );
    return this.learned.isMultiOutput ? [...matrices] : matrices[0]!;
  }

  /** samples × classes, one matrix per output. */
  protected abstract probabilities(X: D, context: CallContext): readonly Matrix[] | Work<readonly Matrix[]>;

  /** Logarithms of the probabilities; classifiers that have them directly say so here. */
  protected *logProbabilities(X: D, context: CallContext): Work<readonly Matrix[]> {
    const matrices = yield* asWork(this.probabilities(X, context));
    return matrices.map(({ data, rows, columns }) => new Matrix(data.map(Math.log), rows, columns));
  }

  protected override *classify(X: D, context: CallContext): Work<readonly Int32Array[]> {
    return (yield* asWork(this.probabilities(X, context))).map(argmaxRows);
  }
}

function labelsOf(codes: Int32Array, classes: readonly Label[]): Label[] {
  const labels = new Array<Label>(codes.length);
  for (let i = 0; i < labels.length; i++) labels[i] = classes[codes[i]!]!;
  return labels;
}

/** The first column that holds a row's greatest value. */
export function argmaxRows({ data, rows, columns }: Matrix): Int32Array {
  const best = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 1; j < columns; j++) {
      if (data[i * columns + j]! > data[i * columns + best[i]!]!) best[i] = j;
    }
  }
  return best;
}

/** The only output of a target that has one. */
export function onlyOutput(y: ClassTarget): EncodedLabels {
  return y.outputs[0]!;
}
