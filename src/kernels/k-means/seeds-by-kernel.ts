import { countThreads, type Unit } from '../../parallel/index.ts';
import type { Work } from '../../work/index.ts';
import { Places } from '../places.ts';
import { packSingles } from './points.ts';
import { rowsPerSum } from './reference.ts';
import { blocksOf, type Range, View } from './row-blocks.ts';
import type { KernelVisits } from './rows-by-kernel.ts';
import type { Seed, Seeds } from './seeds.ts';

/** Candidates of one visit: bits of a mark, and places of a panel. */
const GROUP = 8;
/** Rows of one call: gains are added up in single precision, which so many terms make off by at most 2^-14. */
const CALL_ROWS = 512;
const LOOSE = 2 ** -13;
/** Bytes that a call works in. */
const WORK_BYTES = 20 * (CALL_ROWS + 4);
/** Numbers per block: the gains of a group, and what they may be off. */
const GAINS = GROUP + 1;
/** Weights beyond these might leave the range of single precision. */
const [LEAST_WEIGHT, MOST_WEIGHT] = [2 ** -30, 2 ** 60];

export function seedsByKernel(visits: KernelVisits, weights: Float64Array): Seeds {
  return new SeedsByKernel(visits, weights);
}

/** A candidate, the bits that mark the rows that may be nearer to it, and its gain, as far as it is known. */
interface Candidate {
  readonly row: number;
  readonly marks: Uint8Array;
  readonly bit: number;
  readonly gain: number;
  readonly doubt: number;
}

/**
 * Distances, weights and marks lie in the arena from one visit to the next where the rows are seen at once, else in
 * arrays of their own.
 */
class SeedsByKernel implements Seeds {
  readonly #visits: KernelVisits;
  readonly #weights: Float64Array;
  readonly #areEstimable: boolean;
  readonly #closest: Float64Array;
  /** One list per group of candidates. */
  readonly #marks: Uint8Array[] = [];
  readonly #at: { readonly [K in 'closest' | 'weights' | 'marks' | 'work']: number };
  readonly #loan: View;
  #total = Number.POSITIVE_INFINITY;

  constructor(visits: KernelVisits, weights: Float64Array) {
    this.#visits = visits;
    this.#weights = weights;
    this.#areEstimable = areEstimable(weights);
    const { height } = visits;
    const places = new Places();
    this.#at = {
      closest: places.take(8 * height),
      weights: places.take(8 * height),
      marks: places.take(height),
      work: places.take(countThreads() * WORK_BYTES),
    };
    this.#closest = new Float64Array(this.#isWhole ? 0 : visits.count).fill(Number.POSITIVE_INFINITY);
    this.#loan = new View(places.bytes);
    this.#loan.doubles(this.#at.closest, height).fill(Number.POSITIVE_INFINITY);
    if (this.#isWhole) this.#loan.doubles(this.#at.weights, height).set(weights);
  }

  get closest(): Float64Array {
    return this.#isWhole ? this.#loan.doubles(this.#at.closest, this.#visits.count) : this.#closest;
  }

  get #isWhole(): boolean {
    return this.#visits.height === this.#visits.count;
  }

  *take(rows: readonly number[]): Work<Seed> {
    const candidates: Candidate[] = [];
    for (let from = 0; from < rows.length; from += GROUP) {
      candidates.push(...(yield* this.#estimate(rows.slice(from, from + GROUP), from / GROUP)));
    }
    const [first, ...others] = contenders(candidates);
    let best = first!;
    if (others.length > 0) {
      let least = yield* this.#settle(best, false);
      for (const other of others) {
        const total = yield* this.#settle(other, false);
        if (!(total < least)) continue;
        least = total;
        best = other;
      }
    }
    this.#total = yield* this.#settle(best, true);
    return { row: best.row, total: this.#total };
  }

  close(): void {
    this.#loan.close();
  }

  /** Marks the rows that may be nearer to each of up to eight candidates, and estimates what each gains. */
  *#estimate(rows: readonly number[], group: number): Work<Candidate[]> {
    const { columns } = this.#visits;
    const scale = yield* this.#visits.singles.scale();
    const points = packSingles(this.#visits.take(rows).data, columns, scale);
    const height = rowsPerSum(this.#visits.count, 1);
    const blocks = Math.ceil(this.#visits.count / height);
    this.#marks[group] ??= new Uint8Array(this.#visits.count);
    const marks = this.#marks[group];
    const places = new Places();
    const at = {
      points: places.take(points.values.byteLength),
      norms: places.take(points.norms.byteLength),
      gains: places.take(8 * GAINS * blocks),
    };
    const loan = new View(places.bytes);
    try {
      const { pointer } = loan;
      loan.singles(at.points, points.values.length).set(points.values);
      loan.singles(at.norms, points.norms.length).set(points.norms);
      loan.doubles(at.gains, GAINS * blocks).fill(0);
      const known = [
        pointer + at.points,
        pointer + at.norms,
        rows.length,
        points.share,
        points.greatest,
        scale * scale,
      ];
      for (const window of this.#visits.windows()) {
        const { from, to } = window;
        this.#enter(from, to);
        const single = yield* this.#visits.singles.at(window.pointer, from, to);
        const units = this.#units(window, height, columns * rows.length, 'estimate', range => {
          const first = range.from - from;
          const own = [single.singles + 4 * columns * first, single.norms + 4 * first, range.to - range.from];
          const gains = pointer + at.gains + 8 * GAINS * Math.floor(range.from / height);
          return [...own, columns, ...known, ...this.#lists(first), this.#marksFrom(first), gains];
        });
        yield* this.#share(units);
        marks.set(this.#loan.bytes(this.#at.marks, to - from), from);
      }
      const gains = sumsOf(loan.doubles(at.gains, GAINS * blocks), GAINS);
      const rounding = this.#visits.count * Number.EPSILON * this.#total * scale * scale;
      return rows.map((row, bit) => {
        const gain = this.#areEstimable ? gains[bit]! : Number.NaN;
        return { row, marks, bit, gain, doubt: LOOSE * gain + gains[GROUP]! + rounding };
      });
    } finally {
      loan.close();
    }
  }

  /** The weighted sum of the distances that taking a candidate leaves; they are the closest ones then if it is taken. */
  *#settle({ row, marks, bit }: Candidate, isTaken: boolean): Work<number> {
    const { columns, count: rows } = this.#visits;
    const height = rowsPerSum(rows, 1);
    const blocks = Math.ceil(rows / height);
    const places = new Places();
    const at = { candidate: places.take(8 * columns), totals: places.take(8 * blocks) };
    const loan = new View(places.bytes);
    try {
      const { pointer } = loan;
      loan.doubles(at.candidate, columns).set(this.#visits.take([row]).data);
      loan.doubles(at.totals, blocks).fill(0);
      for (const window of this.#visits.windows()) {
        const { from, to } = window;
        this.#enter(from, to);
        this.#loan.bytes(this.#at.marks, to - from).set(marks.subarray(from, to));
        const units = this.#units(window, height, columns, 'settle', range => {
          const first = range.from - from;
          const own = [range.pointer, range.to - range.from, columns, pointer + at.candidate, bit];
          const total = pointer + at.totals + 8 * Math.floor(range.from / height);
          return [...own, this.#marksFrom(first), ...this.#lists(first), Number(isTaken), total];
        });
        yield* this.#share(units);
        if (isTaken && !this.#isWhole) this.#closest.set(this.#loan.doubles(this.#at.closest, to - from), from);
      }
      return sumsOf(loan.doubles(at.totals, blocks), 1)[0]!;
    } finally {
      loan.close();
    }
  }

  /** Copies the lists of a window in, unless they lie there. */
  #enter(from: number, to: number): void {
    if (this.#isWhole) return;
    this.#loan.doubles(this.#at.closest, to - from).set(this.#closest.subarray(from, to));
    this.#loan.doubles(this.#at.weights, to - from).set(this.#weights.subarray(from, to));
  }

  /** Where the distances and the weights of a window's rows are, from its row `first` on. */
  #lists(first: number): number[] {
    return [this.#at.closest, this.#at.weights].map(place => this.#loan.pointer + place + 8 * first);
  }

  #marksFrom(first: number): number {
    return this.#loan.pointer + this.#at.marks + first;
  }

  /** A unit per block, with calls for some rows each. */
  #units(window: Range, height: number, opsPerRow: number, name: string, argsOf: (range: Range) => number[]): Unit[] {
    return blocksOf(window, height, this.#visits.columns).map(block =>
      this.#visits.calls(block, opsPerRow, (range, ops) => ({ name, args: argsOf(range), ops }), CALL_ROWS),
    );
  }

  #share(units: readonly Unit[]): Work<void> {
    return this.#visits.share(units, { pointer: this.#loan.pointer + this.#at.work, bytes: WORK_BYTES });
  }
}

function areEstimable(weights: Float64Array): boolean {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight !== 0 && !(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) return false;
  }
  return true;
}

/** Those whose gain is not surely less than that of another one. */
function contenders(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length === 1) return candidates;
  const sure = candidates.reduce((most, { gain, doubt }) => (gain - doubt > most ? gain - doubt : most), 0);
  return candidates.filter(({ gain, doubt }) => !(gain + doubt < sure));
}

/** Sums of lists that stand one after another. */
function sumsOf(values: Float64Array, length: number): Float64Array {
  const sums = new Float64Array(length);
  for (let k = 0; k < values.length; k++) sums[k % length]! += values[k]!;
  return sums;
}
