/**
 * The triangular factor of a tall matrix, block by block of its rows: [R; block] = Q [R'; 0] keeps to the cache, and
 * Q is never made. Cost: 2 m n^2 operations. Versions: `reference.ts` and `kernel.as.ts`, equal to the bit.
 *
 * Source: J. Demmel, L. Grigori, M. Hoemmen and J. Langou, "Communication-optimal parallel and sequential QR and LU
 * factorizations", 2012 (the sequential, flat tree).
 */
import { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { WASM_BASE64 } from '../generated/upper-factor.ts';
import { lazyKernel } from '../load.ts';
import { Places } from '../places.ts';
import { PANEL, reflectPanel } from './reference.ts';

interface UpperFactorExports {
  turnOver(x: number, rows: number, columns: number, shift: number, block: number, bytes: number): void;
  reflectPanel(
    upper: number,
    upperBytes: number,
    block: number,
    bytes: number,
    columns: number,
    k: number,
    count: number,
    factor: number,
  ): void;
}

/** Doubles of a block: it stays in the second-level cache while the panels pass over it. */
const BLOCK = 32_768;
const FEWEST_ROWS = 16;
/** Wider matrices would fill the arena, and their decompositions take hours whatever makes R. */
const MOST_COLUMNS = 8192;

const kernel = lazyKernel<UpperFactorExports>(WASM_BASE64);

/**
 * R, upper triangular, of X less `shift` in each row: (m, n) gives (n, n), with diagonal entries of either sign. The
 * numbers must be such that they may be squared (see `safeScale`).
 */
export function* upperFactorWork(X: Matrix, shift: Float64Array): Work<Matrix> {
  const fast = X.columns > MOST_COLUMNS ? undefined : kernel();
  return yield* fast === undefined ? factorPlainly(X, shift) : factorByKernel(fast, X, shift);
}

/** Rows of a block, an even number that depends on the shape alone. */
function heightFor(columns: number): number {
  return 2 * Math.max(FEWEST_ROWS / 2, Math.floor(BLOCK / 2 / columns));
}

/** The plain version, for any width. */
export function* factorPlainly({ data, rows, columns }: Matrix, shift: Float64Array): Work<Matrix> {
  const upper = Matrix.zeros(columns, columns);
  const height = heightFor(columns);
  for (let from = 0; from < rows; from += height) {
    const seen = Math.min(height, rows - from);
    const block = Array.from(shift, (less, j) =>
      Float64Array.from({ length: seen + (seen & 1) }, (_, i) =>
        i < seen ? data[(from + i) * columns + j]! - less : 0,
      ),
    );
    yield* eachPanel(columns, block[0]!.length, k => reflectPanel(upper.data, block, k));
  }
  return upper;
}

function* factorByKernel(fast: UpperFactorExports, X: Matrix, shift: Float64Array): Work<Matrix> {
  const { data, rows, columns } = X;
  const wide = columns + (columns & 1);
  const height = heightFor(columns);
  const places = new Places();
  const [upper, means, factor] = [wide * wide, wide, PANEL * PANEL].map(length => places.take(length * 8)) as Three;
  const [x, block] = [height * columns + 1, height * wide].map(length => places.take(length * 8)) as Two;
  const loan = borrow(places.bytes);
  const at = (place: number, length: number) => new Float64Array(arenaMemory().buffer, loan.pointer + place, length);
  try {
    at(upper, wide * wide).fill(0);
    at(means, wide).fill(0).set(shift);
    for (let from = 0; from < rows; from += height) {
      const seen = Math.min(height, rows - from);
      const even = seen + (seen & 1);
      at(x, seen * columns).set(data.subarray(from * columns, (from + seen) * columns));
      // A row that makes them even is nothing but the shift, so that zeros are left of it.
      if (even > seen) at(x, even * columns).set(shift, seen * columns);
      const [to, bytes] = [loan.pointer + block, even * 8];
      fast.turnOver(loan.pointer + x, even, columns, loan.pointer + means, to, bytes);
      yield* eachPanel(columns, even, k => {
        const count = Math.min(PANEL, columns - k);
        fast.reflectPanel(loan.pointer + upper, wide * 8, to, bytes, columns, k, count, loan.pointer + factor);
      });
    }
    const result = at(upper, wide * wide);
    return Matrix.zeros(columns, columns).map((_, i, j) => result[i * wide + j]!);
  } finally {
    giveBack(loan);
  }
}

type Two = [number, number];
type Three = [number, number, number];

/** Visits the panels of a block by their first column, with checkpoints between. */
function* eachPanel(columns: number, height: number, visit: (k: number) => void): Work<void> {
  let ops = 0;
  for (let k = 0; k < columns; k += PANEL) {
    visit(k);
    ops += 2 * PANEL * height * (columns - k);
    if (ops < MAX_OPS / 2) continue;
    yield { ops };
    ops = 0;
  }
  yield { ops };
}
