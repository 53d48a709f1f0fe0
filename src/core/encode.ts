/**
 * Estimators as plain data, for files and for threads: a JSON tree in which arrays of numbers are references into a
 * list of typed arrays. Objects become lists of entries, so that no key means anything to the decoder.
 */
import { CsrMatrix, Frame, Matrix } from '../array/index.ts';
import { show, UnsupportedError } from '../errors/index.ts';
import { type AnyEstimator, Estimator } from './estimator.ts';

export type Tensor =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** A value in the tree: itself where JSON has it, otherwise a tagged list. */
export type Node = null | boolean | number | string | readonly [tag: string, ...rest: readonly unknown[]];

/** A value as plain data. */
export interface Encoded {
  readonly tree: Node;
  readonly tensors: readonly Tensor[];
}

export type EstimatorClass = {
  readonly id: string;
  fromParams(params: object): AnyEstimator;
};

/** Deepest nesting that is stored; real models stay far below, and what contains itself has no end. */
export const MAX_DEPTH = 64;

/**
 * @throws UnsupportedError on a value that cannot be stored: functions, objects of unknown classes, endless nesting.
 */
export function encode(value: unknown, action: string): Encoded {
  const tensors: Tensor[] = [];
  return { tree: encodeNode(value, { tensors, action }, 0), tensors };
}

interface Encoder {
  readonly tensors: Tensor[];
  readonly action: string;
}

function encodeNode(value: unknown, encoder: Encoder, depth: number): Node {
  const { tensors, action } = encoder;
  if (depth > MAX_DEPTH) refuseValue(action, `nesting must be at most ${MAX_DEPTH} deep`, 'a deeper value');
  const child = (inner: unknown) => encodeNode(inner, encoder, depth + 1);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (value === undefined) return ['undefined'];
  if (typeof value === 'number') return encodeNumber(value);
  if (isTensor(value)) return ['tensor', tensors.push(value) - 1];
  if (value instanceof Matrix) return ['matrix', child(value.data), value.rows, value.columns];
  if (value instanceof CsrMatrix) {
    return ['csr', child(value.data), child(value.indices), child(value.indptr), value.rows, value.columns];
  }
  if (value instanceof Frame)
    return ['frame', child(value.columns.map(({ name, values }) => [name, values])), value.rows];
  if (Array.isArray(value)) return ['list', ...Array.from(value, child)];
  if (value instanceof Estimator) return encodeEstimator(value, child);
  if (typeof value === 'object' && isPlain(value)) {
    if (Object.hasOwn(value, '__proto__')) refuseValue(action, "no key may be '__proto__'", show(value));
    return ['record', ...Object.entries(value).map(([key, inner]) => [key, child(inner)])];
  }
  return refuseValue(
    action,
    'all parts must be plain data or estimators',
    show(value),
    'leave functions and caches out',
  );
}

function refuseValue(action: string, rule: string, received: string, repair?: string): never {
  throw new UnsupportedError({ action, rule, received, ...(repair === undefined ? {} : { repair }) });
}

function encodeNumber(value: number): Node {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : ['number', Object.is(value, -0) ? '-0' : String(value)];
}

function encodeEstimator(estimator: AnyEstimator, child: (value: unknown) => Node): Node {
  const { id } = estimator.constructor as unknown as EstimatorClass;
  if (!Object.hasOwn(estimator.constructor, 'id') || id === '') {
    throw new UnsupportedError({
      action: `store ${estimator.name}`,
      rule: 'its class must have a static id of its own',
      received: show(id),
      repair: `add: static override readonly id = 'mine/${estimator.name}'`,
    });
  }
  const { outputForm = 'default' } = estimator as { outputForm?: string };
  const state = estimator.exportState();
  return [
    'estimator',
    id,
    child({ ...estimator.storedParams() }),
    child(state === undefined ? null : { ...state }),
    outputForm,
  ];
}

const TENSORS = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
] as const;

function isTensor(value: unknown): value is Tensor {
  return TENSORS.some(type => value instanceof type);
}

/** Whether a value is an object of no class. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
