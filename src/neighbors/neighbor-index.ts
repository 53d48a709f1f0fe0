import { Matrix } from '../array/index.ts';
import type { CallContext, CallOptions } from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../errors/index.ts';
import {
  type BoxTree,
  canFindNearest,
  canSearchBoxTree,
  type NearestSamples,
  nearestSamplesWork,
  type Products,
  searchBoxTree,
  type Task,
} from '../kernels/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { searchAll } from './brute-force.ts';
import type { Algorithm, SearchSettings } from './choose-algorithm.ts';
import { EUCLIDEAN, type Metric, settleMetric } from './metric.ts';
import { NearestLists } from './nearest-lists.ts';
import { type Balls, ballBound } from './tree/ball-bounds.ts';
import { type Boxes, boxBound } from './tree/box-bounds.ts';
import type { Layout } from './tree/grow-tree.ts';
import { searchTree } from './tree/search-tree.ts';

const onDevice = loadOnce(() => import('./brute-force-by-products.ts'));

const NO_PRODUCTS = "an algorithm other than 'brute' or a metric other than 'euclidean', which have no GPU kernels";

/** Samples, ready to be searched. */
export interface NeighborIndex {
  readonly algorithm: Algorithm;
  /** A copy of the samples, in the tree's order where there is one. */
  readonly samples: Matrix;
  /** Position in X of each row of `samples`. */
  readonly order: Int32Array;
  readonly tree: { readonly layout: Layout; readonly bounds: Boxes | Balls } | null;
}

/** The nearest samples of each query. */
export interface Neighbors {
  /** Positions among the samples of `fit`, nearest first; of equally distant ones the first in X. One list per query. */
  readonly indices: Int32Array[];
  /** Their distances, queries × neighbors. */
  readonly distances: Matrix;
}

export interface KNeighborsOptions extends CallOptions {
  /** Number of neighbors. @default the estimator's */
  readonly nNeighbors?: number | undefined;
}

/**
 * The nearest samples of each query, or of each sample among the others where there are no queries.
 *
 * @throws InvalidInputError on too few samples, and on distances that are not finite numbers >= 0.
 */
export function* findNeighbors(
  index: NeighborIndex,
  queries: Matrix | null,
  settings: SearchSettings,
  nNeighbors: number,
  { compute, action }: Pick<CallContext, 'compute' | 'action'>,
): Work<Neighbors> {
  const { samples, order, tree } = index;
  const k = countNeighbors(nNeighbors, samples.rows, queries === null, action);
  const metric = settleMetric(settings, samples, action);
  const from = queries ?? samples;
  const products =
    tree === null && metric === EUCLIDEAN ? compute.products(taskOf(samples, from)) : compute.without(NO_PRODUCTS);
  const isBoxes = tree?.bounds.kind === 'boxes' && metric === EUCLIDEAN && canSearchBoxTree(samples, k);
  const found = isBoxes
    ? yield* searchBoxTree(boxTreeOf(index), from, k, queries === null ? order : undefined)
    : yield* searchLists(index, from, k, queries === null, metric, products);
  const distances = found.distances.map(metric.fromReduced);
  checkDistances(distances, action);
  const place = queries === null ? (row: number) => order[row]! : (row: number) => row;
  return collect(found.indices, distances, k, place);
}

/** The tree of an index that has boxes. */
function boxTreeOf({ samples, order, tree }: NeighborIndex): BoxTree {
  const { layout, bounds } = tree!;
  return { samples, order, layout, ...(bounds as Boxes) };
}

/** The nearest samples of each query by the search that suits; distances are in their reduced form. */
function* searchLists(
  index: NeighborIndex,
  from: Matrix,
  k: number,
  isAmongSamples: boolean,
  metric: Metric,
  products: Products | undefined,
): Work<NearestSamples> {
  const { samples, order, tree } = index;
  const lists = new NearestLists(from.rows, k);
  const without = isAmongSamples ? (row: number) => order[row]! : () => -1;
  if (products !== undefined) {
    const { searchByProducts } = yield* onDevice();
    yield* searchByProducts(index, from, lists, without, products);
  } else if (tree === null && metric === EUCLIDEAN && canFindNearest()) {
    lists.replace(yield* nearestSamplesWork(index, from, k, isAmongSamples ? order : undefined));
  } else if (tree === null) {
    yield* searchAll(metric, index, from, lists, without);
  } else {
    const { bounds, layout } = tree;
    const lowerBound =
      bounds.kind === 'boxes' ? boxBound(bounds, metric, samples.columns) : ballBound(bounds, metric, samples.columns);
    yield* searchTree({ layout, samples, order, metric, lowerBound }, from, lists, without);
  }
  lists.sort();
  // What is not a number anywhere is refused.
  return { indices: lists.indices, distances: lists.hasNaN ? lists.distances.fill(Number.NaN) : lists.distances };
}

/** All pairs; every sample and query travels there, every product back. */
function taskOf(samples: Matrix, queries: Matrix): Task {
  const pairs = samples.rows * queries.rows;
  return { operations: pairs * samples.columns, numbers: pairs + (samples.rows + queries.rows) * samples.columns };
}

/** The lists of all queries; `place` tells where the query of a row was in X. */
function collect(found: Int32Array, distances: Float64Array, k: number, place: (row: number) => number): Neighbors {
  const rows = found.length / k;
  const indices = new Array<Int32Array>(rows);
  const placed = Matrix.zeros(rows, k);
  for (let row = 0; row < rows; row++) {
    indices[place(row)] = found.slice(row * k, (row + 1) * k);
    placed.data.set(distances.subarray(row * k, (row + 1) * k), place(row) * k);
  }
  return { indices, distances: placed };
}

function countNeighbors(k: number, samples: number, isAmongSamples: boolean, action: string): number {
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new InvalidParamError({ action, rule: 'nNeighbors must be an integer >= 1', received: show(k) });
  }
  const most = isAmongSamples ? samples - 1 : samples;
  if (k <= most) return k;
  throw new InvalidInputError({
    action,
    rule: `nNeighbors must be <= the number of ${isAmongSamples ? 'other ' : ''}samples in fit (${most})`,
    received: String(k),
  });
}

/** @throws InvalidInputError on distances that are not finite numbers >= 0. */
export function checkDistances(distances: Float64Array, action: string): void {
  const wrong = distances.find(distance => !(distance >= 0 && distance < Number.POSITIVE_INFINITY));
  if (wrong === undefined) return;
  throw new InvalidInputError({ action, rule: 'distances must be finite numbers >= 0', received: show(wrong) });
}
