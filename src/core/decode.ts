/** Values from the plain data that `encode` made of them; the data may be hostile, so nothing in them is taken on trust. */
import { CsrMatrix, Frame, Matrix } from '../array/index.ts';
import { InvalidFileError, show } from '../errors/index.ts';
import { type Encoded, type EstimatorClass, isPlain, MAX_DEPTH, type Tensor } from './encode.ts';
import type { AnyEstimator } from './estimator.ts';
import type { FittedState } from './fitted-state.ts';

/**
 * The value that `encode` was given.
 *
 * @param classes finds an estimator's class by its id
 * @param models is given every estimator in the value
 * @throws InvalidFileError on a tree that `encode` cannot have made, and on unknown classes.
 */
export function decode(
  { tree, tensors }: Encoded,
  classes: (id: string) => EstimatorClass,
  models: AnyEstimator[] = [],
): unknown {
  return decodeNode(tree, { tensors, classes, models }, 0);
}

/** Ids of all estimator classes in a tree, so that they can be loaded before it is decoded. */
export function classIds(tree: unknown, depth = 0): string[] {
  if (!Array.isArray(tree)) return [];
  checkDepth(depth);
  const [tag, ...rest] = tree as unknown[];
  const own = tag === 'estimator' && typeof rest[0] === 'string' ? [rest[0]] : [];
  return [...new Set([...own, ...childNodes(tag, rest).flatMap(child => classIds(child, depth + 1))])];
}

/** The nodes inside a node; the entries of a record are no nodes themselves, whatever their names. */
function childNodes(tag: unknown, rest: readonly unknown[]): readonly unknown[] {
  if (tag === 'record') return rest.map(entry => (Array.isArray(entry) ? entry[1] : undefined));
  return tag === 'estimator' ? rest.slice(1) : tag === 'list' ? rest : [];
}

const NUMBERS: readonly unknown[] = ['NaN', 'Infinity', '-Infinity', '-0'];

interface Decoder {
  readonly tensors: readonly Tensor[];
  readonly classes: (id: string) => EstimatorClass;
  readonly models: AnyEstimator[];
}

function decodeNode(node: unknown, decoder: Decoder, depth: number): unknown {
  checkDepth(depth);
  if (node === null || typeof node === 'boolean' || typeof node === 'string' || typeof node === 'number') return node;
  if (!Array.isArray(node)) refuse('every node must be a plain value or a tagged list', show(node));
  const [tag, ...rest] = node as unknown[];
  const child = (inner: unknown) => decodeNode(inner, decoder, depth + 1);
  switch (tag) {
    case 'undefined':
      return undefined;
    case 'number':
      return decodeNumber(rest[0]);
    case 'tensor':
      return decodeTensor(rest[0], decoder);
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

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) refuse(`nesting must be at most ${MAX_DEPTH} deep`, 'a deeper tree');
}

function decodeNumber(text: unknown): number {
  if (!NUMBERS.includes(text)) refuse('a number outside JSON must be NaN, Infinity, -Infinity or -0', show(text));
  return Number(text);
}

function decodeTensor(position: unknown, { tensors }: Decoder): Tensor {
  if (isCount(position) && position < tensors.length) return tensors[position]!;
  return refuse(`a tensor must be one of the file's ${tensors.length}`, show(position));
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
    isCount(columns);
  return isWhole
    ? new CsrMatrix(data, indices, indptr, rows, columns)
    : refuse('a sparse matrix must be whole', 'another');
}

function decodeFrame(columns: unknown, rows: unknown): Frame {
  const isColumn = (column: unknown) =>
    Array.isArray(column) &&
    typeof column[0] === 'string' &&
    (column[1] instanceof Float64Array || Array.isArray(column[1]));
  if (!Array.isArray(columns) || !columns.every(isColumn) || !isCount(rows)) {
    refuse('a table must have named columns', show(columns));
  }
  return new Frame(
    (columns as [string, Float64Array][]).map(([name, values]) => ({ name, values })),
    rows,
  );
}

function decodeEstimator(
  rest: readonly unknown[],
  { classes, models }: Decoder,
  child: (node: unknown) => unknown,
): AnyEstimator {
  const [id, params, state, outputForm] = rest;
  if (typeof id !== 'string') refuse('a class id must be a string', show(id));
  const given = child(params);
  if (!isRecord(given)) refuse(`the parameters of ${show(id)} must be a record`, show(given));
  const estimator = classes(id).fromParams(given);
  models.push(estimator);
  if (outputForm !== 'default') setOutput(estimator, outputForm);
  const fitted = child(state);
  return fitted === null ? estimator : estimator.importState(checkState(fitted));
}

function setOutput(estimator: AnyEstimator & { setOutput?(form: unknown): unknown }, form: unknown): void {
  if (form !== 'table' || typeof estimator.setOutput !== 'function') {
    refuse(`the output of ${estimator.name} must be a form that it has`, show(form));
  }
  estimator.setOutput(form);
}

function checkState(state: unknown): FittedState<object> {
  if (!isRecord(state) || !isRecord(state.learned) || !isCount(state.nFeaturesIn)) {
    refuse('a fitted state must have what was learned and nFeaturesIn', show(state));
  }
  const { featureNamesIn: names, nFeaturesIn, seed } = state;
  const areNames =
    Array.isArray(names) && names.length === nFeaturesIn && names.every(name => typeof name === 'string');
  if (names !== undefined && !areNames) refuse(`there must be ${nFeaturesIn} feature names`, show(names));
  if (seed !== undefined && !isCount(seed)) refuse('a seed must be a whole number', show(seed));
  return state as unknown as FittedState<object>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && isPlain(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load a model', rule, received });
}
