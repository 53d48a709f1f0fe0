import { InvalidInputError, show } from '../../errors/index.ts';
import { stack } from '../ops/index.ts';
import { Tensor, tensor } from '../tensor/index.ts';

/** What {@link collate} makes of a list of samples of this type. */
export type Collated<S> = S extends Tensor | number | boolean | ArrayBufferView
  ? Tensor
  : S extends string
    ? string[]
    : S extends readonly unknown[]
      ? { -readonly [K in keyof S]: Collated<S[K]> }
      : S extends object
        ? { -readonly [K in keyof S]: Collated<S[K]> }
        : never;

/**
 * A batch from samples: tensors and typed arrays are stacked along a new first axis, numbers and booleans become a tensor, texts a list;
 * lists and records are collated part by part.
 *
 * @throws InvalidInputError if samples differ in shape or form
 *
 * @example
 * import { collate, tensor } from 'fitwise/nn';
 * const batch = collate([{ x: tensor([1, 2]), y: 0 }, { x: tensor([3, 4]), y: 1 }]);
 * batch.x.shape; // [2, 2]
 * batch.y.toArray(); // [0, 1]
 */
export function collate<S>(samples: readonly S[]): Collated<S> {
  return collateAny(samples) as Collated<S>;
}

function collateAny(samples: readonly unknown[]): unknown {
  const [first] = samples;
  if (first instanceof Tensor)
    return stack(samples.map(sample => (sample instanceof Tensor ? sample : refuse(sample))));
  if (typeof first === 'number' || typeof first === 'boolean') {
    return new Tensor(Float32Array.from(samples, numberOf), [samples.length]);
  }
  if (isRow(first)) {
    return stack(samples.map(sample => rowTensor(sample, first.length)));
  }
  if (typeof first === 'string') return [...samples];
  if (Array.isArray(first)) {
    const odd = samples.find(sample => !Array.isArray(sample) || sample.length !== first.length);
    return odd === undefined ? first.map((_, k) => collateAny(samples.map(sample => partOf(sample, k)))) : refuse(odd);
  }
  if (typeof first !== 'object' || first === null) return refuse(first);
  const names = Object.keys(first);
  const count = (sample: unknown) => Object.keys(sample ?? {}).length;
  const odd = samples.find(sample => count(sample) !== names.length);
  if (names.length === 0 || odd !== undefined) return refuse(odd ?? first);
  const parts = names.map(key => [key, collateAny(samples.map(sample => partOf(sample, key)))] as const);
  return Object.fromEntries(parts);
}

function numberOf(sample: unknown): number {
  return typeof sample === 'number' || typeof sample === 'boolean' ? Number(sample) : refuse(sample);
}

function rowTensor(sample: unknown, length: number): Tensor {
  return isRow(sample) && sample.length === length ? tensor(sample) : refuse(sample);
}

type Row = Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array;

/** Whether it is a typed array, of whatever numbers. */
function isRow(sample: unknown): sample is Row {
  return ArrayBuffer.isView(sample) && !(sample instanceof DataView);
}

function partOf(sample: unknown, key: string | number): unknown {
  const isThere = typeof sample === 'object' && sample !== null && Object.hasOwn(sample, key);
  return isThere ? (sample as Record<string | number, unknown>)[key] : refuse(sample);
}

function refuse(sample: unknown): never {
  throw new InvalidInputError({
    action: 'make a batch',
    rule: 'samples must be tensors, numbers, texts, or lists and records of these, all of one form',
    received: show(sample),
    repair: 'pass a collate function of your own',
  });
}
