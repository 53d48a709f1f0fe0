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

/** A value as it reads inside a sentence: strings quoted, long lists cut, objects by their class. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `'${value.slice(0, 57)}...'` : `'${value}'`;
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return showList(value as ArrayLike<unknown>);
  const name = (value as { constructor?: { name?: string } }).constructor?.name;
  return name === undefined || name === 'Object' ? `object with keys ${showList(Object.keys(value))}` : name;
}

function showList(list: ArrayLike<unknown>): string {
  const length = list.length ?? 0;
  const shown = Array.from({ length: Math.min(length, 8) }, (_, i) => show(list[i]));
  return `[${shown.join(', ')}${length > 8 ? `, ... ${length} in all` : ''}]`;
}

/** A shape as it reads inside a sentence: `shape (20, 12)`. */
export function showShape(...sizes: readonly number[]): string {
  return `shape (${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}
