/** The types that carry a pipeline's meaning: what is fitted, what is predicted, which parameters there are. */
import type { CsrMatrix, Frame, Matrix, MatrixLike } from '../array/index.ts';
import type { Label, Target } from '../check/index.ts';
import type { CallOptions } from './options.ts';

export type Kind = 'classifier' | 'regressor' | 'transformer' | 'clusterer';

/** A phantom: which parameters `withParams` and a grid know, by name. It has no value at run time. */
export declare const PARAMS: unique symbol;
/** A phantom: which of the optional methods a composed estimator really has. */
export declare const METHODS: unique symbol;

/** Methods that not every estimator has. */
export type MethodName =
  | 'predict'
  | 'predictProba'
  | 'predictLogProba'
  | 'decisionFunction'
  | 'transform'
  | 'inverseTransform'
  | 'fitPredict'
  | 'score'
  | 'scoreSamples';

/** The parameters of an estimator by name, `step__param` included. */
export type FlatParams<E> = E extends { readonly [PARAMS]?: infer P } ? NonNullable<P> : never;

/** The optional methods that an estimator has. */
export type MethodsOf<E> = E extends { readonly [METHODS]?: infer M } ? NonNullable<M> : Extract<keyof E, MethodName>;

export type KindOf<E> = E extends { readonly kind: infer K extends Kind } ? K : never;

/** The type of the labels in a target. */
export type LabelOf<Y> = Y extends Matrix
  ? number
  : Y extends ArrayLike<infer V>
    ? V extends Label
      ? Widen<V>
      : V extends ArrayLike<infer W>
        ? W extends Label
          ? Widen<W>
          : Label
        : Label
    : Label;

/** `true` and `false` belong together; literal strings and numbers stay as they are. */
type Widen<L> = L extends boolean ? boolean : L;

/** Whether a target type has several outputs: `true`, `false`, or `boolean` where the compiler cannot know. */
type IsMulti<Y> = Y extends Matrix ? true : Y extends ArrayLike<infer V> ? (V extends Label ? false : true) : boolean;

/** Predicted labels: a list, or one list per row where `y` had rows. */
export type LabelsOf<Y> =
  IsMulti<Y> extends true ? LabelOf<Y>[][] : IsMulti<Y> extends false ? LabelOf<Y>[] : LabelOf<Y>[] | LabelOf<Y>[][];

/** Sorted classes: a list, or one list per output. */
export type ClassesOf<Y> =
  IsMulti<Y> extends true
    ? readonly (readonly LabelOf<Y>[])[]
    : IsMulti<Y> extends false
      ? readonly LabelOf<Y>[]
      : readonly LabelOf<Y>[] | readonly (readonly LabelOf<Y>[])[];

/** Class probabilities, samples × classes; one matrix per output where there are several. */
export type ProbabilitiesOf<Y> =
  IsMulti<Y> extends true ? Matrix[] : IsMulti<Y> extends false ? Matrix : Matrix | Matrix[];

/** Predicted numbers: one per sample, or a row per sample where `y` had rows. */
export type NumbersOf<Y> =
  IsMulti<Y> extends true ? Matrix : IsMulti<Y> extends false ? Float64Array : Float64Array | Matrix;

type Has<E, M extends MethodName, T> = M extends MethodsOf<E> ? T : unknown;

type FittedClassifier<E, Y> = {
  predict(X: MatrixLike, options?: CallOptions): Promise<LabelsOf<Y>>;
  readonly classes_: ClassesOf<Y>;
} & Has<E, 'predictProba', { predictProba(X: MatrixLike, options?: CallOptions): Promise<ProbabilitiesOf<Y>> }> &
  Has<E, 'predictLogProba', { predictLogProba(X: MatrixLike, options?: CallOptions): Promise<ProbabilitiesOf<Y>> }>;

type FittedRegressor<Y> = { predict(X: MatrixLike, options?: CallOptions): Promise<NumbersOf<Y>> };

/** An estimator after `fit`: the label type of `y` goes on into what it predicts. */
export type Fitted<E, Y> = (KindOf<E> extends 'classifier'
  ? FittedClassifier<E, Y>
  : KindOf<E> extends 'regressor'
    ? FittedRegressor<Y>
    : unknown) &
  E;

/** Predictions of an estimator whose target type is not known. */
export type Predictions = Label[] | Label[][] | Float64Array | Matrix | Int32Array;

/** What a method of a contained estimator gives. */
export type ResultOf<E, M extends MethodName> = M extends keyof E
  ? E[M] extends (...args: never) => infer R
    ? R
    : never
  : Promise<never>;

/** Gates a method of a composed estimator: `this` must satisfy it, and says why it does not. */
export type Needs<E, M extends MethodName> =
  M extends MethodsOf<E> ? unknown : { readonly error: `the composed estimator has no ${M}()` };

/** An estimator that is only known at run time: every method is there for the compiler, and checked when called. */
export interface LooseEstimator {
  readonly kind: Kind;
  predict(X: MatrixLike, options?: CallOptions): Promise<Predictions>;
  predictProba(X: MatrixLike, options?: CallOptions): Promise<Matrix | Matrix[]>;
  predictLogProba(X: MatrixLike, options?: CallOptions): Promise<Matrix | Matrix[]>;
  decisionFunction(X: MatrixLike, options?: CallOptions): Promise<Float64Array | Matrix>;
  transform(X: MatrixLike, options?: CallOptions): Promise<Matrix | CsrMatrix | Frame>;
  inverseTransform(X: MatrixLike, options?: CallOptions): Promise<Matrix | Frame>;
  fitPredict(X: MatrixLike, y?: Target): Promise<Int32Array>;
  score(X: MatrixLike, y?: Target): Promise<number>;
  scoreSamples(X: MatrixLike): Promise<Float64Array>;
}
