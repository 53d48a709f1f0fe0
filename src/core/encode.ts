/**
 * Estimators as plain data, for files and for threads: a JSON tree in which arrays of numbers are references into a
 * list of typed arrays. Objects become lists of entries, so that no key means anything to the decoder.
 */
import { CsrMatrix, Frame, Matrix } from '../array/index.ts';
import { InvalidFileError, show, UnsupportedError } from '../errors/index.ts';
import { type AnyEstimator, Estimator, type FittedState } from './estimator.ts';

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

/** Deepest nesting that is decoded; real models stay far below. */
const MAX_DEPTH = 64;

/**
 * @throws UnsupportedError on a value that cannot be stored: functions, objects of unknown classes.
 */
export function encode(value: unknown, action: string): Encoded {
  const tensors: Tensor[] = [];
  return { tree: encodeNode(value, tensors, action), tensors };
}

/**
 * The value that `encode` was given.
 *
 * @param classes finds an estimator's class by its id
 * @throws InvalidFileError on a tree that `encode` cannot have made, and on unknown classes.
 */
export function decode({ tree, tensors }: Encoded, classes: (id: string) => EstimatorClass): unknown {
  return decodeNode(tree, { tensors, classes }, 0);
}

/** Ids of all estimator classes in a tree, so that they can be loaded before it is decoded. */
export function classIds(tree: unknown, depth = 0): string[] {
  if (!Array.isArray(tree)) return [];
  if (depth > MAX_DEPTH * 2) refuse('nesting must be at most 64 deep', 'a deeper tree');
  const [tag, ...rest] = tree as unknown[];
  const own = tag === 'estimator' && typeof rest[0] === 'string' ? [rest[0]] : [];
  return [...new Set([...own, ...childNodes(tag, rest).flatMap(child => classIds(child, depth + 1))])];
}

/** The nodes inside a node; the entries of a record are no nodes themselves, whatever their names. */
function childNodes(tag: unknown, rest: readonly unknown[]): readonly unknown[] {
  if (tag === 'record') return rest.map(entry => (Array.isArray(entry) ? entry[1] : undefined));
  return tag === 'estimator' ? rest.slice(1) : tag === 'list' ? rest : [];
}

function encodeNode(value: unknown, tensors: Tensor[], action: string): Node {
  const child = (inner: unknown) => encodeNode(inner, tensors, action);
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
  if (Array.isArray(value)) return ['list', ...value.map(child)];
  if (value instanceof Estimator) return encodeEstimator(value, child);
  if (typeof value === 'object' && isPlain(value)) {
    return ['record', ...Object.entries(value).map(([key, inner]) => [key, child(inner)])];
  }
  throw new UnsupportedError({
    action,
    rule: 'all parts must be plain data or estimators',
    received: show(value),
    repair: 'leave functions and caches out',
  });
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

interface Decoder {
  readonly tensors: readonly Tensor[];
  readonly classes: (id: string) => EstimatorClass;
}

function decodeNode(node: unknown, decoder: Decoder, depth: number): unknown {
  if (depth > MAX_DEPTH) refuse('nesting must be at most 64 deep', 'a deeper tree');
  if (node === null || typeof node === 'boolean' || typeof node === 'string' || typeof node === 'number') return node;
  if (!Array.isArray(node)) refuse('every node must be a plain value or a tagged list', show(node));
  const [tag, ...rest] = node as unknown[];
  const child = (inner: unknown) => decodeNode(inner, decoder, depth + 1);
  switch (tag) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(rest[0]);
    case 'tensor':
      return decoder.tensors[rest[0] as number] ?? refuse('every tensor must be there', show(rest[0]));
    case 'list':
      return rest.map(child);
    case 'record':
      return Object.fromEntries(rest.map(entry => decodeEntry(entry, child)));
    case 'matrix':
      return decodeMatrix(child(rest[0]), rest[1], rest[2]);
    case 'csr':
      return decodeCsr(rest.slice(0, 3).map(child), rest[3], rest[4]);
    case 'frame':
      return decodeFrame(child(rest[0]), rest[1]);
    case 'estimator':
      return decodeEstimator(rest, decoder, child);
    default:
      return refuse('every tag must be known', show(tag));
  }
}

function decodeEntry(entry: unknown, child: (node: unknown) => unknown): [string, unknown] {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string' || entry[0] === '__proto__') {
    refuse('every entry of a record must be a name and a value', show(entry));
  }
  return [entry[0], child(entry[1])];
}

function decodeMatrix(data: unknown, rows: unknown, columns: unknown): Matrix {
  if (data instanceof Float64Array && isCount(rows) && isCount(columns) && data.length === rows * columns) {
    return new Matrix(data, rows, columns);
  }
  return refuse('a matrix must hold rows * columns numbers', `${show(rows)} * ${show(columns)}`);
}

function decodeCsr([data, indices, indptr]: readonly unknown[], rows: unknown, columns: unknown): CsrMatrix {
  const isWhole =
    data instanceof Float64Array &&
    indices instanceof Int32Array &&
    indptr instanceof Int32Array &&
    isCount(rows) &&
    isCount(columns) &&
    indptr.length === rows + 1 &&
    indices.length === data.length &&
    indptr[0] === 0 &&
    indptr[rows] === data.length &&
    indptr.every((end, i) => i === 0 || end >= indptr[i - 1]!) &&
    indices.every(j => j >= 0 && j < columns);
  return isWhole
    ? new CsrMatrix(data, indices, indptr, rows, columns)
    : refuse('a sparse matrix must be whole', 'another');
}

function decodeFrame(columns: unknown, rows: unknown): Frame {
  const isList =
    Array.isArray(columns) && columns.every(column => Array.isArray(column) && typeof column[0] === 'string');
  if (!isList || !isCount(rows)) refuse('a table must have named columns', show(columns));
  return new Frame(
    (columns as [string, Float64Array][]).map(([name, values]) => ({ name, values })),
    rows,
  );
}

function decodeEstimator(
  rest: readonly unknown[],
  { classes }: Decoder,
  child: (node: unknown) => unknown,
): AnyEstimator {
  const [id, params, state, outputForm] = rest;
  if (typeof id !== 'string') refuse('a class id must be a string', show(id));
  const estimator = classes(id).fromParams(child(params) as object);
  if (outputForm === 'table') (estimator as unknown as { setOutput(form: 'table'): unknown }).setOutput('table');
  const fitted = child(state);
  return fitted === null ? estimator : estimator.importState(checkState(fitted));
}

function checkState(state: unknown): FittedState<object> {
  const { learned, nFeaturesIn } = state as Partial<FittedState<object>>;
  if (typeof learned === 'object' && learned !== null && isCount(nFeaturesIn)) return state as FittedState<object>;
  return refuse('a fitted state must have what was learned and nFeaturesIn', show(state));
}

function isTensor(value: unknown): value is Tensor {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load a model', rule, received });
}
