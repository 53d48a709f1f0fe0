import type { AnyEstimator } from '../../src/core/index.ts';
import type { Case, PythonParams } from './case.ts';

/** A method's name and arguments; a last argument `{ $kwargs: {...} }` is an options object to ours. */
export type Call = readonly [method: string, ...args: unknown[]];

/** The same estimator, data and questions for both sides, in our spelling. */
export interface Twin {
  readonly Class: new (params: never) => object;
  /** `tree.DecisionTreeClassifier`. */
  readonly path: string;
  readonly params?: object;
  /** Parameters that Python needs in another form. */
  readonly pythonParams?: PythonParams;
  readonly X: unknown;
  /** X in the form that Python needs, where it is another. */
  readonly pythonX?: unknown;
  readonly y?: unknown;
  readonly sampleWeight?: readonly number[] | undefined;
  /** Attributes: `coef_`, `nIter_`. */
  readonly get?: readonly string[];
  readonly calls?: readonly Call[];
}

type Told = Pick<Case, 'name' | 'class'> & Partial<Pick<Case, 'tolerance' | 'floor' | 'expectError' | 'liveOnly'>>;

/** One estimator of both libraries, fitted and asked alike. */
export function twinCase(told: Told, twin: Twin): Case {
  const { Class, path, params = {}, pythonParams = {}, X, pythonX = X, y, sampleWeight, get = [], calls = [] } = twin;
  return {
    ...told,
    oracle: {
      fit: path,
      params: { ...toPython(params), ...pythonParams },
      X: pythonX,
      ...(y === undefined ? {} : { y }),
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: get.map(toSnake),
      calls: calls.map(([method, ...args]) => [toSnake(method), ...args.map(callArgument)] as const),
    },
    ours: async () => {
      const model = new Class(params as never) as AnyEstimator & Readonly<Record<string, unknown>>;
      await model.fit(X as never, y as never, { sampleWeight: sampleWeight as number[] | undefined });
      const results: unknown[] = get.map(name => model[name]);
      for (const [method, ...args] of calls) {
        const result = (model[method] as (...all: unknown[]) => unknown).apply(model, args.map(ourArgument));
        results.push(await result);
      }
      return results;
    },
  };
}

/** Parameters in Python's spelling; class weights in pairs become dictionaries. */
export function toPython(params: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      toSnake(name),
      name === 'classWeight' ? asDictionary(value) : value,
    ]),
  );
}

/** `maxIter` as `max_iter`; `C` stays. */
export function toSnake(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

function asDictionary(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const ofOutputs = value.every(item => !Array.isArray(item) || Array.isArray(item[0]));
  return ofOutputs ? { $list: value.map(asDictionary) } : { $map: value };
}

function callArgument(argument: unknown): unknown {
  return isNamed(argument) ? { $kwargs: toPython(argument.$kwargs) } : argument;
}

function ourArgument(argument: unknown): unknown {
  if (isNamed(argument)) return argument.$kwargs;
  return isArray(argument) ? argument.$array : argument;
}

function isNamed(argument: unknown): argument is { readonly $kwargs: object } {
  return typeof argument === 'object' && argument !== null && '$kwargs' in argument;
}

function isArray(argument: unknown): argument is { readonly $array: unknown } {
  return typeof argument === 'object' && argument !== null && '$array' in argument;
}
