/** The parts of an error sentence. */
export interface Problem {
  /** What was attempted, from the verb on: `fit KMeans`, `compute rocAucScore`. */
  readonly action: string;
  /** What must hold, with names: `nSamples must be >= nClusters (8)`. */
  readonly rule: string;
  /** What came instead, ready to read: `nSamples 5`, `shape (20, 12)`. See {@link show} for values. */
  readonly received?: string;
  /** How to mend it: `impute first, e.g. with SimpleImputer`. */
  readonly repair?: string;
}

/**
 * The one shape of an error sentence:
 * *Cannot ⟨action⟩: ⟨rule⟩, received ⟨value or shape⟩; ⟨repair⟩*.
 */
export function cannot({ action, rule, received, repair }: Problem): string {
  const what = received === undefined ? '' : `, received ${received}`;
  return `Cannot ${action}: ${rule}${what}${repair === undefined ? '' : `; ${repair}`}`;
}

/** Lists within lists are shown this deep, so that one that holds itself ends. */
const DEEPEST = 3;

/** A value as it reads inside a sentence: strings quoted, long lists cut, objects by their class. */
export function show(value: unknown): string {
  return showAt(value, 0);
}

function showAt(value: unknown, depth: number): string {
  if (typeof value === 'string') return value.length > 60 ? `'${value.slice(0, 57)}...'` : `'${value}'`;
  if (typeof value === 'function') return `function ${nameOf(value) || '(anonymous)'}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return depth < DEEPEST ? showList(value, depth) : '[...]';
  if (ArrayBuffer.isView(value) && 'length' in value) return showList(value as unknown as ArrayLike<unknown>, depth);
  const name = nameOf(value.constructor);
  return name === '' || name === 'Object' ? `object with keys ${showList(Object.keys(value), depth)}` : name;
}

/** The name of a function, where it is one and its name a text. */
function nameOf(maker: unknown): string {
  const name = typeof maker === 'function' ? maker.name : '';
  return typeof name === 'string' ? name : '';
}

function showList(list: ArrayLike<unknown>, depth: number): string {
  const shown = Array.from({ length: Math.min(list.length, 8) }, (_, i) => showAt(list[i], depth + 1));
  return `[${shown.join(', ')}${list.length > 8 ? `, ... ${list.length} in all` : ''}]`;
}

/** A shape as it reads inside a sentence: `shape (20, 12)`. */
export function showShape(...sizes: readonly number[]): string {
  return `shape (${sizes.map(show).join(', ')}${sizes.length === 1 ? ',' : ''})`;
}
