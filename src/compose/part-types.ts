/** What the compiler knows of transformers that work side by side: unions, column transformers. */
import type { AnyEstimator, FlatParams } from '../core/index.ts';
import type { CanTransform, DuplicateName, Prefixed, UnionOf } from './step-types.ts';

/** A transformer, `'passthrough'` (samples as they are) or `'drop'` (nothing). */
export type PartEstimator = AnyEstimator | 'passthrough' | 'drop';

/** A named transformer, with what else its place needs. */
export type Part = readonly [name: string, transformer: PartEstimator, ...unknown[]];

type OnePartParams<T> = T extends readonly [infer N extends string, infer E, ...unknown[]]
  ? { readonly [K in N]: PartEstimator } & Prefixed<N, FlatParams<E>>
  : never;

/** Parameters of all parts by `part` and `part__param`; any name where the parts are only known at run time. */
export type PartParams<P extends readonly Part[]> = number extends P['length']
  ? Readonly<Record<string, unknown>>
  : UnionOf<OnePartParams<P[number]>>;

/** Parts that a union accepts, or the sentence that says why not. */
export type CheckParts<P extends readonly Part[]> = number extends P['length']
  ? unknown
  : [DuplicateName<P>] extends [never]
    ? { readonly [I in keyof P]: CheckedPart<P[I]> }
    : readonly { readonly error: `duplicate name '${DuplicateName<P> & string}'` }[];

type CheckedPart<T> = T extends readonly [infer N extends string, infer E, ...infer R]
  ? [Exclude<E, 'drop'>] extends [never]
    ? T
    : CanTransform<Exclude<E, 'drop'>> extends true
      ? T
      : readonly [N, { readonly error: `'${N}' must have transform()` }, ...R]
  : T;
