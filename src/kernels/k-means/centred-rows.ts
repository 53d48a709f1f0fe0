import { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { Places } from '../places.ts';
import { ResidentRows } from '../resident-rows.ts';
import { kMeansKernel } from './own-kernel.ts';
import { addColumns, centreRows, type Squares } from './reference.ts';
import { View } from './row-blocks.ts';
import { KernelVisits, rowsByKernel, rowsByVisits } from './rows-by-kernel.ts';
import { type KMeansRows, rowsByLoops } from './rows-by-loops.ts';

interface Moved {
  readonly mean: Float64Array;
  /** Of the moved rows. */
  readonly squares: Readonly<Squares>;
}

/** Rows less their mean. */
export interface CentredRows extends Moved {
  /** Closed by whoever asked for them. */
  readonly rows: KMeansRows;
}

/** What this needs of the kernel. */
interface CentreExports {
  addColumns(rows: number, n: number, columns: number, sums: number): void;
  centre(rows: number, n: number, columns: number, origin: number, weights: number, squares: number): void;
}

/**
 * Rows around their mean, which ignores the weights. Where the kernel has all rows at hand they are centred there, and
 * nowhere else unless somebody asks for the matrix.
 *
 * @throws UnsupportedError if the host cannot give the memory.
 */
export function* centredRows(X: Matrix, weights: Float64Array): Work<CentredRows> {
  const fast = kMeansKernel();
  if (fast === undefined || !ResidentRows.canHold(X)) {
    const { centred, ...moved } = yield* centreByLoops(X, weights);
    return { ...moved, rows: fast === undefined ? rowsByLoops(centred) : rowsByKernel(fast, centred) };
  }
  const resident = new ResidentRows(X);
  let isHandedOver = false;
  try {
    const moved = yield* centreResident(fast as CentreExports, resident, X, weights);
    let centred: Matrix | undefined;
    const read = () => {
      centred ??= new Matrix(resident.copyOf(0, X.rows), X.rows, X.columns);
      return centred;
    };
    const rows = rowsByVisits(new KernelVisits(fast, X, resident), read);
    isHandedOver = true;
    return { ...moved, rows };
  } finally {
    // Work that is stopped ends without an error.
    if (!isHandedOver) resident.close();
  }
}

function* centreByLoops(X: Matrix, weights: Float64Array): Work<Moved & { readonly centred: Matrix }> {
  const { data, rows, columns } = X;
  const sums = new Float64Array(columns);
  yield* inBlocks(rows, columns, (from, to) => addColumns(data, columns, from, to, sums));
  const mean = sums.map(sum => sum / rows);
  const centred = Matrix.zeros(rows, columns);
  const squares = { plain: 0, weighted: 0 };
  yield* inBlocks(rows, columns, (from, to) => centreRows(data, mean, weights, centred.data, squares, from, to));
  return { centred, mean, squares };
}

function* centreResident(
  fast: CentreExports,
  resident: ResidentRows,
  { rows, columns }: Matrix,
  weights: Float64Array,
): Work<Moved> {
  const places = new Places();
  const at = { mean: places.take(8 * columns), squares: places.take(16), weights: places.take(8 * rows) };
  const loan = new View(places.bytes);
  const pointer = resident.pointerTo(0, rows);
  const rowAt = (from: number) => pointer + 8 * from * columns;
  try {
    loan.doubles(0, at.weights / 8).fill(0);
    loan.doubles(at.weights, rows).set(weights);
    const [origin, squares, own] = [at.mean, at.squares, at.weights].map(place => loan.pointer + place);
    yield* inBlocks(rows, columns, (from, to) => fast.addColumns(rowAt(from), to - from, columns, origin!));
    const mean = loan.doubles(at.mean, columns).map(sum => sum / rows);
    loan.doubles(at.mean, columns).set(mean);
    yield* inBlocks(rows, columns, (from, to) =>
      fast.centre(rowAt(from), to - from, columns, origin!, own! + 8 * from, squares!),
    );
    const [plain, weighted] = loan.doubles(at.squares, 2);
    return { mean: mean.slice(), squares: { plain: plain!, weighted: weighted! } };
  } finally {
    loan.close();
  }
}
