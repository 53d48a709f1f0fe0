/** What the laws share: data that suit an estimator, calls by name, and comparisons that say what differs. */
import { Frame, type Matrix, type MatrixLike } from '../array/index.ts';
import type { Label, Target } from '../check/index.ts';
import { type AnyEstimator, callWork, type FitOptions, type MethodName } from '../core/index.ts';
import { makeBlobs, makeRegression } from '../datasets/index.ts';
import { InvalidInputError, UnsupportedError } from '../errors/index.ts';
import { drive } from '../work/index.ts';
import type { Factory } from './law.ts';

/** Methods of which a law looks at the results. */
const OUTPUTS: readonly MethodName[] = ['predict', 'predictProba', 'decisionFunction', 'transform'];

export class Probe {
  readonly make: Factory;
  /** 30 samples of 4 features. */
  readonly X: Matrix;
  /** The samples in a form that suits the estimator: `X`, or for those that read texts a column of 30. */
  readonly samples: Matrix | Frame;
  /** A target that suits the estimator's kind; undefined where it needs none. */
  readonly y: Target | undefined;
  /** The estimator at hand, unfitted. */
  readonly estimator: AnyEstimator;

  constructor(make: Factory) {
    this.make = make;
    this.estimator = make();
    const { kind, traits } = this.estimator;
    if (kind === 'regressor') {
      const { X, y } = makeRegression({ nSamples: 30, nFeatures: 4, nInformative: 4, noise: 1, randomState: 7 });
      [this.X, this.y] = [X, y];
    } else {
      const { X, y } = makeBlobs({ nSamples: 30, nFeatures: 4, centers: 3, clusterStd: 0.5, randomState: 7 });
      this.X = X;
      this.y = kind === 'classifier' || traits.needsY ? y : undefined;
    }
    this.samples = traits.input === 'text' ? textsOf(this.X) : this.X;
  }

  /** A fresh estimator, fitted on the probe's data or on others. */
  async fit(
    X: MatrixLike = this.samples,
    y: Target | undefined = this.y,
    options: FitOptions = {},
  ): Promise<AnyEstimator> {
    const estimator = this.make();
    await estimator.fit(X, y as Target, options);
    return estimator;
  }

  /** What a fitted estimator makes of samples, by each of its methods. */
  async outputs(estimator: AnyEstimator, X: MatrixLike = this.samples): Promise<Record<string, unknown>> {
    const results: Record<string, unknown> = {};
    for (const method of this.methods()) results[method] = plain(await call(estimator, method, X));
    return results;
  }

  /** The estimator's methods that turn samples into something. */
  methods(): MethodName[] {
    return OUTPUTS.filter(method => this.estimator.supports(method));
  }

  /** The probe's data cut or repeated to some rows. */
  rows(indices: ArrayLike<number>): { X: Matrix | Frame; y: Target | undefined } {
    const { y } = this;
    return {
      X: this.samples.takeRows(indices),
      y: y === undefined ? undefined : Array.from(indices, i => (y as ArrayLike<Label>)[i]!),
    };
  }
}

/** A text per row: a word for each whole number in it, some of them rare. */
function textsOf(X: Matrix): Frame {
  const values = X.toArray().map(row => row.map((value, j) => `word${j} value${Math.round(value)}`).join(' '));
  return new Frame([{ name: 'text', values }]);
}

/** Calls a method by name. */
export function call(estimator: AnyEstimator, method: string, ...args: readonly unknown[]): Promise<unknown> {
  return drive(callWork(estimator, method, ...args));
}

/** Nested arrays of plain values. */
export function plain(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'toArray' in value) return (value as Matrix).toArray();
  if (typeof value === 'object' && value !== null && 'objects' in value)
    return (value as { objects(): unknown }).objects();
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  return Array.isArray(value) ? value.map(plain) : value;
}

/** @throws Error with a sentence if something does not hold. */
export function demand(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}

/**
 * Compares plain values; numbers may differ by `tolerance`, relative to the greater of 1 and their size.
 *
 * @throws Error that names the first place at which they differ.
 */
export function demandSame(a: unknown, b: unknown, what: string, tolerance = 0): void {
  const place = firstDifference(a, b, tolerance, '');
  if (place !== undefined) throw new Error(`${what}: they differ ${place}`);
}

function firstDifference(a: unknown, b: unknown, tolerance: number, path: string): string | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const isSame = Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
    return isSame ? undefined : `at ${path}: ${a} and ${b}`;
  }
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    for (const key of keys) {
      const [inA, inB] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]];
      const found = firstDifference(inA, inB, tolerance, `${path}[${key}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return a === b ? undefined : `at ${path}: ${String(a)} and ${String(b)}`;
}

/** The shape of our sentences. */
const SENTENCE = /^Cannot [a-z].*: .+/s;

/**
 * Runs what must be refused.
 *
 * @returns the error
 * @throws Error if nothing is thrown, or an error of another class, or one that is no sentence.
 */
export async function demandRefusal(
  body: () => Promise<unknown>,
  what: string,
  errorClass: abstract new (...args: never) => Error = InvalidInputError,
): Promise<Error> {
  let thrown: unknown;
  try {
    await body();
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) throw new Error(`${what} must be refused, but was accepted`);
  const error = thrown as Error;
  demand(
    error instanceof errorClass,
    `${what} must be refused by ${errorClass.name}, but threw ${error.name}: ${error.message}`,
  );
  demand(SENTENCE.test(error.message), `${what}: the error must be a sentence, received '${error.message}'`);
  return error;
}

/** Runs what may work or be refused by a sentence, but by nothing else; gives what it gave. */
export async function allowRefusal<T>(body: () => Promise<T>, what: string): Promise<T | undefined> {
  try {
    return await body();
  } catch (error) {
    const isKnown = error instanceof InvalidInputError || error instanceof UnsupportedError;
    const isOurs = isKnown && SENTENCE.test(error.message);
    demand(isOurs, `${what} must work or be refused by a sentence, but threw ${String(error)}`);
    return undefined;
  }
}

/** All numbers of a nested value. */
export function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}
