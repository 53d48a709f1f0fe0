import type { Matrix } from '../../array/index.ts';
import type { KernelCall } from '../../parallel/index.ts';
import type { Work } from '../../work/index.ts';
import { Places } from '../places.ts';
import { addSums, type ClusterSums, emptySums, rowsPerSum } from './reference.ts';
import { blocksOf, type Range, View } from './row-blocks.ts';
import type { KernelVisits } from './rows-by-kernel.ts';
import type { WeighedRows } from './weighed-rows.ts';

export function weighedByKernel(visits: KernelVisits, weights: Float64Array): WeighedRows {
  return new WeighedByKernel(visits, weights);
}

/** Weights lie in the arena from one visit to the next where all rows are seen at once, else they are copied in for each. */
class WeighedByKernel implements WeighedRows {
  readonly #visits: KernelVisits;
  readonly #weights: Float64Array;
  readonly #at: { readonly weights: number; readonly labels: number };
  readonly #loan: View;

  constructor(visits: KernelVisits, weights: Float64Array) {
    const places = new Places();
    this.#visits = visits;
    this.#weights = weights;
    this.#at = { weights: places.take(8 * visits.height), labels: places.take(4 * visits.height) };
    this.#loan = new View(places.bytes);
    if (this.#isWhole) this.#loan.doubles(this.#at.weights, weights.length).set(weights);
  }

  get #isWhole(): boolean {
    return this.#visits.height === this.#weights.length;
  }

  sum(labels: Int32Array, clusters: number): Work<ClusterSums> {
    return this.#summing(clusters, (height, add) => this.#visit(labels, height, add));
  }

  assignAndSum(centers: Matrix, labels: Int32Array): Work<ClusterSums> {
    return this.#summing(centers.rows, (height, call) => {
      const enter = (window: Range) => this.#enter(window);
      return this.#visits.assign(centers, labels, { height, enter, call });
    });
  }

  *inertia(centers: Matrix, labels: Int32Array): Work<number> {
    const { count: rows, columns } = this.#visits;
    const height = rowsPerSum(rows, 1);
    const blocks = Math.ceil(rows / height);
    const places = new Places();
    const at = { centers: places.take(8 * centers.data.length), totals: places.take(8 * blocks) };
    const loan = new View(places.bytes);
    try {
      loan.doubles(at.centers, centers.data.length).set(centers.data);
      loan.doubles(at.totals, blocks).fill(0);
      yield* this.#visit(labels, height, ({ pointer, from, to }, ownLabels, window) => {
        const total = loan.pointer + at.totals + 8 * Math.floor(from / height);
        const lists = [this.#weightsAt(from, window), ownLabels, loan.pointer + at.centers, total];
        return { name: 'addInertia', args: [pointer, to - from, columns, ...lists], ops: (to - from) * columns };
      });
      return loan.doubles(at.totals, blocks).reduce((sum, total) => sum + total, 0);
    } finally {
      loan.close();
    }
  }

  close(): void {
    this.#loan.close();
  }

  /** `visit` makes calls for rows of one block of so many each, in order of the rows. */
  *#summing(
    clusters: number,
    visit: (height: number, add: (range: Range, labels: number, window: Range) => KernelCall) => Work<void>,
  ): Work<ClusterSums> {
    const { count: rows, columns } = this.#visits;
    const result = emptySums(clusters, columns);
    const length = result.sums.length + clusters;
    const height = rowsPerSum(rows, clusters);
    const blocks = Math.ceil(rows / height);
    const loan = new View(8 * length * blocks);
    try {
      loan.doubles(0, length * blocks).fill(0);
      yield* visit(height, ({ pointer, from, to }, labels, window) => {
        const sums = loan.pointer + 8 * length * Math.floor(from / height);
        const lists = [this.#weightsAt(from, window), labels, sums, sums + result.sums.byteLength];
        return { name: 'addRows', args: [pointer, to - from, columns, ...lists], ops: (to - from) * columns };
      });
      for (let block = 0; block < blocks; block++) {
        const sums = loan.doubles(8 * length * block, length);
        addSums(result, { sums: sums.subarray(0, -clusters), totals: sums.subarray(-clusters) });
        yield { ops: length };
      }
    } finally {
      loan.close();
    }
    return result;
  }

  *#visit(
    labels: Int32Array,
    height: number,
    call: (range: Range, labels: number, window: Range) => KernelCall,
  ): Work<void> {
    const { columns } = this.#visits;
    for (const window of this.#visits.windows()) {
      this.#enter(window);
      const { from, to } = window;
      this.#loan.words(this.#at.labels, to - from).set(labels.subarray(from, to));
      const pointer = this.#loan.pointer + this.#at.labels;
      const units = blocksOf(window, height, columns).map(block =>
        this.#visits.calls(block, columns, range => call(range, pointer + 4 * (range.from - from), window)),
      );
      yield* this.#visits.share(units);
    }
  }

  #enter({ from, to }: Range): void {
    if (!this.#isWhole) this.#loan.doubles(this.#at.weights, to - from).set(this.#weights.subarray(from, to));
  }

  #weightsAt(row: number, window: Range): number {
    return this.#loan.pointer + this.#at.weights + 8 * (row - window.from);
  }
}
