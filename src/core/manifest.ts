/** What a run was made of, as JSON, so that two runs can be compared and their difference named. */
import { CsrMatrix, Frame, Matrix, type MatrixLike, toTable } from '../array/index.ts';
import { checkOptions, type Target, toList } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import { checkModel } from './check-model.ts';
import { type AnyEstimator, Estimator } from './estimator.ts';
import { sha256 } from './sha256.ts';
import { VERSION } from './version.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface RunManifest {
  readonly format: typeof FORMAT;
  readonly data: {
    readonly rows: number;
    readonly columns: number;
    readonly names: readonly string[] | null;
    readonly hash: string;
  };
  readonly target: { readonly length: number; readonly hash: string } | null;
  /** Class and parameters, nested; seeds are among them. */
  readonly estimator: Json;
  /** The seed of the last fit, where the estimator has one. */
  readonly seed: number | null;
  readonly options: Json;
  readonly versions: { readonly fitwise: string; readonly runtime: string };
  readonly platform: string;
  /** Where the numbers were made. */
  readonly backend: string;
}

export interface ManifestInput {
  readonly X: MatrixLike;
  readonly y?: Target | undefined;
  readonly estimator: AnyEstimator;
  /** Whatever else decides the result: splits, scoring, ... */
  readonly options?: Readonly<Record<string, unknown>>;
}

const FORMAT = 'fitwise-manifest/1';
const ACTION = 'make a manifest';

/**
 * The manifest of a run: SHA-256 of the data and the target, seed, parameters, versions, platform and backend.
 *
 * @returns plain JSON, equal for equal runs on equal hosts
 *
 * @example
 * import { manifest, StandardScaler } from 'fitwise';
 * const run = await manifest({ X: [[1], [2]], estimator: new StandardScaler() });
 * run.data.rows; // 2
 */
export async function manifest(input: ManifestInput): Promise<RunManifest> {
  checkOptions(input, ['X', 'y', 'estimator', 'options'], ACTION);
  const { X, y, estimator, options = {} } = input;
  checkModel(estimator, 'estimator', ACTION);
  const table = toTable(X, ACTION);
  return {
    format: FORMAT,
    data: {
      rows: table.rows,
      columns: table instanceof Frame ? table.numCols() : table.columns,
      names: table instanceof Frame ? table.columnNames() : null,
      hash: await hash(tableText(table)),
    },
    target: y === undefined ? null : { length: targetRows(y).length, hash: await hashTarget(y) },
    estimator: toJson(estimator),
    seed: estimator.isFitted ? (estimator.randomState_ ?? null) : null,
    options: toJson(options),
    versions: { fitwise: VERSION, runtime: runtime() },
    platform: platform(),
    backend: 'cpu',
  };
}

/** SHA-256 of one value or row per sample, whatever list holds them. */
export function hashTarget(y: Target): Promise<string> {
  return hash([describe(targetRows(y))]);
}

const ASPECTS: readonly (readonly [aspect: string, read: (run: RunManifest) => unknown])[] = [
  ['the format', run => run.format],
  ['the number of samples', run => run.data.rows],
  ['the number of features', run => run.data.columns],
  ['the feature names', run => run.data.names],
  ['the data hash', run => run.data.hash],
  ['the target hash', run => run.target?.hash ?? null],
  ['the estimator', run => run.estimator],
  ['the seed', run => run.seed],
  ['the options', run => run.options],
  ['the version of fitwise', run => run.versions.fitwise],
  ['the runtime', run => run.versions.runtime],
  ['the platform', run => run.platform],
  ['the backend', run => run.backend],
];

/**
 * Why two runs may differ, in sentences; none if nothing that the manifests record does.
 *
 * @throws InvalidInputError on what is no manifest.
 *
 * @example
 * import { compareManifests, DummyClassifier, manifest } from 'fitwise';
 * const estimator = new DummyClassifier();
 * const [a, b] = [await manifest({ X: [[1]], estimator }), await manifest({ X: [[2]], estimator })];
 * compareManifests(a, b)[0].startsWith('the data hash differs'); // true
 */
export function compareManifests(a: RunManifest, b: RunManifest): string[] {
  checkManifest(a, 'a');
  checkManifest(b, 'b');
  return ASPECTS.flatMap(([aspect, read]) => {
    const [first, second] = [JSON.stringify(read(a)), JSON.stringify(read(b))];
    if (first === second) return [];
    return differences(read(a), read(b)).map(difference => `${aspect} differs: ${difference}`);
  });
}

function checkManifest(run: unknown, name: string): void {
  if (isRecord(run) && run.format === FORMAT && isRecord(run.data) && isRecord(run.versions) && isJson(run)) return;
  throw new InvalidInputError({ action: 'compare manifests', rule: `${name} must be a manifest`, received: show(run) });
}

/** BigInts and lists within themselves are none. */
function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

/** The innermost places at which two JSON values differ. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys
      .filter(key => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
      .flatMap(key => differences(a[key], b[key], path === '' ? key : `${path}.${key}`));
  }
  return [`${path === '' ? '' : `${path} is `}${JSON.stringify(a) ?? 'absent'} and ${JSON.stringify(b) ?? 'absent'}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values are followed this deep; a record that holds itself is refused there. */
const DEEPEST = 100;

function toJson(value: unknown, depth = 0): Json {
  const inner = (part: unknown) => toJson(part, depth + 1);
  if (depth > DEEPEST) {
    throw new InvalidInputError({ action: ACTION, rule: 'options must end somewhere', received: 'one within itself' });
  }
  if (value instanceof Estimator) return { class: value.name, params: inner({ ...value.params }) };
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (value === undefined) return null;
  if (typeof value === 'function') return `function ${value.name}`;
  if (value instanceof Matrix) return inner(value.toArray());
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, inner);
  if (Array.isArray(value)) return value.map(inner);
  const keys = Object.keys(value as object).sort();
  return Object.fromEntries(keys.map(key => [key, inner((value as Record<string, unknown>)[key])]));
}

function tableText(table: Matrix | CsrMatrix | Frame): (string | ArrayBufferView)[] {
  if (table instanceof Matrix) return [`matrix ${table.rows} ${table.columns}`, table.data];
  if (table instanceof CsrMatrix) {
    return [`csr ${table.rows} ${table.columns}`, table.data, table.indices, table.indptr];
  }
  return table.columns.flatMap(({ name, values }) => [
    name,
    values instanceof Float64Array ? values : describe(values),
  ]);
}

function targetRows(y: Target): readonly unknown[] {
  if (y instanceof Matrix) return y.toArray();
  return Array.from(toList<unknown>(y, 'y', ACTION), row =>
    isList(row) ? Array.from(row, checkCell) : checkCell(row),
  );
}

function checkCell(value: unknown): unknown {
  if (value === null || ['number', 'string', 'boolean', 'undefined'].includes(typeof value)) return value;
  throw new InvalidInputError({ action: ACTION, rule: 'y must hold labels or numbers', received: show(value) });
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function describe(values: readonly unknown[]): string {
  return JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
}

/** SHA-256 in hexadecimal over all parts in order; numbers as little-endian bytes. */
async function hash(parts: readonly (string | ArrayBufferView)[]): Promise<string> {
  const bytes = parts.map(part =>
    typeof part === 'string'
      ? new TextEncoder().encode(part)
      : new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
  const all = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    all.set(part, at);
    at += part.length;
  }
  return sha256(all);
}

interface Host {
  readonly process?: {
    readonly versions?: { readonly node?: string };
    readonly platform?: string;
    readonly arch?: string;
  };
  readonly navigator?: { readonly userAgent?: string };
}

function runtime(): string {
  const { process, navigator } = globalThis as Host;
  return process?.versions?.node === undefined ? (navigator?.userAgent ?? 'unknown') : `node ${process.versions.node}`;
}

function platform(): string {
  const { process } = globalThis as Host;
  return process?.platform === undefined ? 'browser' : `${process.platform} ${process.arch}`;
}
