/**
 * A result that one bit of the input moves is no measure of another program. Where a comparison fails, scikit-learn is
 * asked again with every fractional number moved by at most two units in the last place, equal numbers alike. The case
 * fails all the same; the figure says where to look.
 */
import type { Case, OracleSpec } from './case.ts';
import { compare, type Floors } from './compare.ts';
import { type Plain, toPlain } from './encode.ts';

const TRIALS = 4;

/** Seeded results are equal or wrong; only closed forms and optima have a neighbourhood. */
export function canBeUnsteady(item: Case, worst: number): boolean {
  return item.class !== 'D' && Number.isFinite(worst);
}

/** The same question with its data moved by a bit, once per trial. */
export function movedQuestions(spec: OracleSpec): OracleSpec[] {
  return Array.from({ length: TRIALS }, (_, trial) => {
    const moved = Object.entries(spec).map(([key, value]) => [
      key,
      DATA.has(key) ? moveBits(toPlain(value), trial) : value,
    ]);
    return Object.fromEntries(moved) as OracleSpec;
  });
}

const DATA = new Set(['X', 'y', 'args', 'with', 'fit_kwargs', 'calls']);

/** How far scikit-learn's own answers lie from one another. */
export function farthestMove(expected: Plain, moved: readonly Plain[], floors: Floors): number {
  const worst = moved.map(answer => compare(expected, answer, floors).worst).filter(Number.isFinite);
  return Math.max(0, ...worst);
}

/** Every fractional number times 1 - 2^-52, 1 or 1 + 2^-52; which, its own bits and the trial say. */
export function moveBits(value: Plain, trial: number): Plain {
  if (Array.isArray(value)) return value.map(item => moveBits(item, trial));
  if (typeof value === 'number') return Number.isInteger(value) ? value : value * (1 + signOf(value, trial) * 2 ** -52);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moveBits(item, trial)]));
}

const bits = new DataView(new ArrayBuffer(8));

function signOf(value: number, trial: number): number {
  bits.setFloat64(0, value);
  const mixed = Math.imul(bits.getUint32(0) ^ Math.imul(bits.getUint32(4) + trial + 1, 0x9e3779b1), 0x85ebca6b);
  return (((mixed ^ (mixed >>> 15)) >>> 0) % 3) - 1;
}
