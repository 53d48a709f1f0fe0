import type { Plain } from './encode.ts';

/** Where two results differ most. */
export interface Difference {
  /** Relative; Infinity where the values cannot be compared at all. */
  readonly worst: number;
  /** `[2][0].coef_`, empty where nothing differs. */
  readonly path: string;
  readonly expected: Plain;
  readonly received: Plain;
}

/** Below what size numbers are compared absolutely. */
export interface Floors {
  readonly floor: number;
  /** A number far below its neighbours is noise of theirs: it counts as this share of the largest beside it. */
  readonly neighbourShare: number;
}

const NONE: Difference = { worst: 0, path: '', expected: null, received: null };

/**
 * The worst difference between two plain values: structure, strings and missing values must be equal, numbers are
 * measured by |a - b| / max(|a|, |b|, floor). NaN equals NaN, and true equals 1.
 */
export function compare(expected: Plain, received: Plain, floors: Floors, path = ''): Difference {
  if (Array.isArray(expected) && Array.isArray(received)) return compareLists(expected, received, floors, path);
  if (isRecord(expected) && isRecord(received)) return compareRecords(expected, received, floors, path);
  const a = typeof expected === 'boolean' && typeof received === 'number' ? Number(expected) : expected;
  const b = typeof received === 'boolean' && typeof expected === 'number' ? Number(received) : received;
  const worst = typeof a === 'number' && typeof b === 'number' ? relative(a, b, floors.floor) : a === b ? 0 : Infinity;
  return worst === 0 ? NONE : { worst, path, expected, received };
}

function compareLists(expected: Plain[], received: Plain[], floors: Floors, path: string): Difference {
  if (expected.length !== received.length) {
    return { worst: Infinity, path: `${path}.length`, expected: expected.length, received: received.length };
  }
  const floor = path === '' ? floors.floor : Math.max(floors.floor, floors.neighbourShare * largest(expected));
  const scaled = { ...floors, floor };
  return worstOf(expected.map((item, i) => compare(item, received[i]!, scaled, `${path}[${i}]`)));
}

function compareRecords(
  expected: Record<string, Plain>,
  received: Record<string, Plain>,
  floors: Floors,
  path: string,
) {
  const [mine, theirs] = [Object.keys(received).sort(), Object.keys(expected).sort()];
  if (mine.join('\n') !== theirs.join('\n')) {
    return { worst: Infinity, path: `keys of ${path || 'the result'}`, expected: theirs, received: mine };
  }
  return worstOf(theirs.map(key => compare(expected[key]!, received[key]!, floors, `${path}.${key}`)));
}

function worstOf(differences: readonly Difference[]): Difference {
  return differences.reduce((worst, next) => (next.worst > worst.worst ? next : worst), NONE);
}

function relative(a: number, b: number, floor: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), floor);
  return Number.isNaN(difference) ? Infinity : difference;
}

function largest(value: Plain): number {
  if (Array.isArray(value)) return value.reduce<number>((most, item) => Math.max(most, largest(item)), 0);
  return typeof value === 'number' && Number.isFinite(value) ? Math.abs(value) : 0;
}

function isRecord(value: Plain): value is Record<string, Plain> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
