/** What the compiler knows of a list of named steps. */
import type { AnyEstimator, FlatParams, LooseEstimator, MethodsOf } from '../core/index.ts';

/** A named estimator, or `'passthrough'` for a step that changes nothing. */
export type Step = readonly [name: string, estimator: AnyEstimator | 'passthrough'];

export type Steps = readonly Step[];

/** The last step's estimator; loose where the compiler does not know how many steps there are. */
export type LastOf<S extends Steps> = number extends S['length']
  ? LooseEstimator
  : S extends readonly [...unknown[], readonly [string, infer E]]
    ? E extends 'passthrough'
      ? LooseEstimator
      : E
    : LooseEstimator;

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
type Pretty<T> = { [K in keyof T]: T[K] } & {};
/** One record from a union of records. */
export type UnionOf<U> = Pretty<UnionToIntersection<U>>;
/** The parameters of a part, by `part__param`. */
export type Prefixed<N extends string, P> = { readonly [Q in keyof P & string as `${N}__${Q}`]: P[Q] };
type OneStepParams<T> = T extends readonly [infer N extends string, infer E]
  ? { readonly [K in N]: AnyEstimator | 'passthrough' } & Prefixed<N, FlatParams<E>>
  : never;

/** Parameters of all steps by `step` and `step__param`; any name where the steps are only known at run time. */
export type StepParams<S extends Steps> = number extends S['length']
  ? Readonly<Record<string, unknown>>
  : UnionOf<OneStepParams<S[number]>>;

/** The estimator of a step by its name. */
export type StepNamed<S extends Steps, N extends string> = Extract<S[number], readonly [N, unknown]>[1];

/** A name that occurs twice. */
export type DuplicateName<S, Seen = never> = S extends readonly [readonly [infer N, ...unknown[]], ...infer R]
  ? N extends Seen
    ? N
    : DuplicateName<R, Seen | N>
  : never;

/** Whether an estimator can stand where something has to be transformed. */
export type CanTransform<E> = E extends 'passthrough' ? true : 'transform' extends MethodsOf<E> ? true : false;

type CheckedStep<S, IsLast extends boolean> = S extends readonly [infer N extends string, infer E]
  ? IsLast extends true
    ? S
    : CanTransform<E> extends true
      ? S
      : readonly [N, { readonly error: `step '${N}' is not the last one, so it must have transform()` }]
  : S;

type IndicesButLast<S extends Steps> = S extends readonly [...infer I, unknown] ? keyof I : never;

/** Steps that a pipeline accepts, or the sentence that says why not. */
export type CheckSteps<S extends Steps> = number extends S['length']
  ? unknown
  : [DuplicateName<S>] extends [never]
    ? { readonly [I in keyof S]: CheckedStep<S[I], I extends IndicesButLast<S> ? false : true> }
    : readonly { readonly error: `duplicate step name '${DuplicateName<S> & string}'` }[];
