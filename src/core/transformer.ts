import { type CsrMatrix, Frame, Matrix, type MatrixLike, SparseMatrix } from '../array/index.ts';
import type { Spec, Target } from '../check/index.ts';
import { InvalidInputError, InvalidParamError, show, UnsupportedError } from '../errors/index.ts';
import { drive, type Work } from '../work/index.ts';
import type { CallContext } from './context.ts';
import { Estimator } from './estimator.ts';
import { type CallOptions, type FitOptions, routeDevice } from './options.ts';
import type { PARAMS } from './types.ts';

/** What a transformer gives: numbers, sparse numbers, or named columns. */
export type Transformed = Matrix | CsrMatrix | Frame;

/** A transformer after `setOutput('table')`. */
export type TableOutput<E> = {
  transform(X: MatrixLike, options?: CallOptions): Promise<Frame>;
  fitTransform(X: MatrixLike, y?: Target, options?: FitOptions): Promise<Frame>;
} & E;

/** Learns to turn one table into another. Subclasses say what is learned and how rows are mapped. */
export abstract class Transformer<
  S extends Spec = Spec,
  L extends object = object,
  D = Matrix,
  O extends Transformed = Matrix,
> extends Estimator<S, L, D, Target | undefined> {
  readonly kind = 'transformer';
  #output: 'default' | 'table' = 'default';

  /**
   * The transformed samples.
   *
   * @param X samples × features of `fit`
   * @returns samples × output features
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  transform(X: MatrixLike, options: CallOptions = {}): Promise<O> {
    return this.run(this.transformWork(X, options), options);
  }

  /** The work of `transform`. */
  transformWork(X: MatrixLike, options: CallOptions = {}): Work<O> {
    return this.#transform(X, options, false);
  }

  /** @param isChecked whether `fit` has just been given the same matrix */
  *#transform(X: MatrixLike, options: CallOptions, isChecked: boolean): Work<O> {
    const verb = 'transform with';
    const isKnown = isChecked && (X as Matrix).columns === this.nFeaturesIn_;
    const result = isKnown
      ? yield* this.calling('transform', options, verb, context => this.map(X as D, context))
      : yield* this.answering('transform', verb, X, options, (data, context) => this.map(data, context));
    return this.dress(result);
  }

  /** Fits, then transforms the same samples. */
  fitTransform(X: MatrixLike, y?: Target, options: FitOptions = {}): Promise<O> {
    return drive(this.fitTransformWork(X, y, options), options);
  }

  /** The work of `fitTransform`. */
  *fitTransformWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<O> {
    yield* this.fitWork(X, y, options);
    const { input = 'matrix' } = this.traits;
    const isChecked = X instanceof Matrix && input === 'matrix';
    return yield* this.#transform(X, routeDevice(options, this, 'transform'), isChecked);
  }

  /**
   * Names of the output features.
   *
   * @param inputFeatures names of the input features; those of `fit` (or `x0`, `x1`, ...) by default
   * @throws InvalidInputError if their number, or a name, is not that of `fit`.
   */
  getFeatureNamesOut(inputFeatures?: readonly string[]): string[] {
    const { nFeaturesIn, featureNamesIn } = this.fitted(`name the output features of ${this.name}`);
    const names = inputFeatures ?? featureNamesIn ?? Array.from({ length: nFeaturesIn }, (_, j) => `x${j}`);
    checkInputNames(this.name, names, nFeaturesIn, featureNamesIn);
    return this.outputNames(names);
  }

  /** From now on `transform` gives named tables (`'table'`) or plain matrices (`'default'`). */
  setOutput(form: 'table'): TableOutput<this>;
  setOutput(form: 'default'): this;
  setOutput(form: 'default' | 'table'): this {
    if (form !== 'default' && form !== 'table') {
      throw new InvalidParamError({
        action: `set the output of ${this.name}`,
        rule: "the form must be 'default' or 'table'",
        received: show(form),
      });
    }
    this.#output = form;
    return this;
  }

  /** The form of `transform`'s result, kept by clones. */
  get outputForm(): 'default' | 'table' {
    return this.#output;
  }

  override withParams(params: Partial<NonNullable<this[typeof PARAMS]>>): this {
    const copy = super.withParams(params);
    copy.#output = this.#output;
    return copy;
  }

  /** The transformed samples of checked input; it must not write to them, nor give them back as they are. */
  protected abstract map(X: D, context: CallContext): O | Work<O>;

  /** One name per output feature; those of the input where features map one to one. */
  protected outputNames(inputNames: readonly string[]): string[] {
    return [...inputNames];
  }

  /** The result in the form that `setOutput` asked for. */
  protected dress(result: O): O {
    if (this.#output === 'default' || result instanceof Frame) return result;
    if (result instanceof SparseMatrix) {
      throw new UnsupportedError({
        action: `transform with ${this.name}`,
        rule: 'a table must be dense',
        received: 'a sparse result',
        repair: 'set the parameter that makes it dense, e.g. sparseOutput: false',
      });
    }
    return (result as Matrix).toTable(this.getFeatureNamesOut()) as O;
  }
}

/** A transformer whose result can be turned back. */
export abstract class InvertibleTransformer<
  S extends Spec = Spec,
  L extends object = object,
  D = Matrix,
  O extends Transformed = Matrix,
  I = Matrix,
> extends Transformer<S, L, D, O> {
  /**
   * The samples that `transform` would give these for.
   *
   * @param X samples × output features
   * @returns samples × features of `fit`
   */
  inverseTransform(X: MatrixLike, options: CallOptions = {}): Promise<I> {
    return this.run(this.inverseTransformWork(X, options), options);
  }

  /** The work of `inverseTransform`. */
  *inverseTransformWork(X: MatrixLike, options: CallOptions = {}): Work<I> {
    this.fitted(`invert with ${this.name}`);
    return yield* this.calling('inverseTransform', options, 'invert with', context => this.unmap(X, context));
  }

  /** The original samples of transformed ones; checks its input itself, whose width is its own. */
  protected abstract unmap(X: MatrixLike, context: CallContext): I | Work<I>;
}

function checkInputNames(
  owner: string,
  names: readonly string[],
  nFeaturesIn: number,
  featureNamesIn: readonly string[] | undefined,
): void {
  const action = `name the output features of ${owner}`;
  if (names.length !== nFeaturesIn) {
    throw new InvalidInputError({
      action,
      rule: `inputFeatures must have length ${nFeaturesIn}, as X in fit had features`,
      received: `length ${names.length}`,
    });
  }
  if (featureNamesIn !== undefined && names.some((name, j) => name !== featureNamesIn[j])) {
    throw new InvalidInputError({ action, rule: 'inputFeatures must equal featureNamesIn_', received: show(names) });
  }
}
