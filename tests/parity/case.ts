import type { Draw } from './draw.ts';

/**
 * How far two correct programs may differ: A closed forms, B iterative optima, C results up to a documented sign or
 * order, D seeded results.
 */
export type ParityClass = 'A' | 'B' | 'C' | 'D';

/**
 * A value for Python. Numbers, strings, booleans, null and nested arrays stand for themselves (nested numbers become
 * numpy arrays), typed arrays and matrices for nested arrays. Whole numbers become `int`: write `{ $float: 1 }` where
 * scikit-learn tells `1.0` from `1`. Further tags: `$tuple`, `$list` (stays a list), `$map` ([[key, value], ...]),
 * `$slice`, `$array` with `dtype`, `$csr`, `$frame`, `$ref` (a function by its path), `$estimator` with `params`,
 * `$call` with `args` and `kwargs`.
 */
export type PythonValue = unknown;

export type PythonParams = Readonly<Record<string, PythonValue>>;

/** A function by its path below sklearn (or `numpy. ...`, `scipy. ...`). */
export interface CallSpec {
  readonly call: string;
  readonly args?: readonly PythonValue[];
  readonly kwargs?: PythonParams;
}

/**
 * An estimator's attributes and then its methods' results, in one list. Attribute paths may hold positions
 * (`estimators_.0.tree_.threshold`). In `calls`, `['$get', path]` reads an attribute after the calls before it, and a
 * last argument `{ $kwargs: {...} }` names arguments. Without `X` nothing is fitted.
 */
export interface FitSpec {
  readonly fit: string;
  readonly params?: PythonParams;
  readonly X?: PythonValue;
  readonly y?: PythonValue;
  readonly fit_kwargs?: PythonParams;
  /** `fit` unless given: `partial_fit`, say. */
  readonly method?: string;
  readonly get?: readonly string[];
  readonly calls?: readonly (readonly [method: string, ...args: PythonValue[]])[];
}

/** All `[train, test]` pairs of a splitter. */
export interface SplitSpec {
  readonly split: string;
  readonly params?: PythonParams;
  readonly X: PythonValue;
  readonly y?: PythonValue;
  readonly groups?: PythonValue;
}

/** What nothing above can say: Python lines that set `result`, with `np`, `sklearn`, `scipy` and the names in `with`. */
export interface PythonSpec {
  readonly python: string;
  readonly with?: PythonParams;
}

/** Lines for torch that set `result`, with `torch`, `F`, `nn` and the names in `with`, lists of numbers as tensors. */
export interface TorchSpec {
  readonly torch: string;
  readonly with?: PythonParams;
}

export type OracleSpec = CallSpec | FitSpec | SplitSpec | PythonSpec | TorchSpec;

/** One comparison with scikit-learn; serves goldens and live runs alike. */
export interface Case {
  /** Cases of one name share a row of the table and a golden test. */
  readonly name: string;
  readonly class: ParityClass;
  /** Replaces the class's relative tolerance; its reason stands in a comment. */
  readonly tolerance?: number;
  /** Numbers below this size are compared absolutely, as if they had it; 1e-3 unless given. */
  readonly floor?: number;
  /** A number smaller than this share of the largest beside it counts as that share; 1e-3 unless given. */
  readonly neighbourShare?: number;
  /** `true`: both sides must refuse. `'ours'`: scikit-learn accepts what we refuse. `'alike'`: ours refuses where scikit-learn does. */
  readonly expectError?: boolean | 'ours' | 'alike';
  /** Not kept as a golden: too large, or one of many alike. */
  readonly liveOnly?: boolean;
  readonly oracle: OracleSpec;
  readonly ours: () => unknown;
}

/** What a file in `families/` exports. */
export interface Family {
  readonly cases: (draw: Draw) => Case[];
  /** Whom the family is compared with: scikit-learn unless it says so. */
  readonly oracle?: 'torch';
}

const TOLERANCE: Record<ParityClass, number> = { A: 1e-9, B: 1e-6, C: 1e-9, D: 1e-9 };
const METRIC_TOLERANCE = 1e-12;

/** The relative difference that a case allows. */
export function allowedDifference({ class: kind, tolerance, oracle }: Case): number {
  if (tolerance !== undefined) return tolerance;
  const isMetric = kind === 'A' && 'call' in oracle && oracle.call.startsWith('metrics.');
  return isMetric ? METRIC_TOLERANCE : TOLERANCE[kind];
}
