import { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf } from '../check/index.ts';
import { type BlockData, blockSpec, drawGroups, finishBlocks, membersOf } from './block-matrix.ts';
import { demandGiven } from './demand.ts';

const spec = {
  ...blockSpec,
  nClusters: integer({ min: 1, default: 1 }),
};
export type MakeBiclustersParams = ParamsOf<typeof spec>;
type Given = Pick<MakeBiclustersParams, 'shape' | 'nClusters'> & Partial<MakeBiclustersParams>;

/**
 * A matrix that is constant on the blocks of its diagonal and 0 elsewhere, for biclustering; scikit-learn's numbers for
 * the same integer seed.
 *
 * Source: I. S. Dhillon, "Co-clustering documents and words using bipartite spectral graph partitioning", KDD (2001).
 *
 * @returns `X` of the given shape, and the rows and the columns of each block
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeBiclusters } from 'fitwise';
 * makeBiclusters({ shape: [10, 20], nClusters: 2, randomState: 42 }).rows.length; // 2
 */
export function makeBiclusters(params: Given): BlockData {
  const owner = 'data by makeBiclusters';
  demandGiven(owner, params, ['shape', 'nClusters']);
  const given = checkParams(owner, spec, params);
  const { shape, nClusters, minval, maxval } = given;
  const { X, rowGroups, columnGroups } = finishBlocks(random => {
    const values = random.uniform(minval, maxval, nClusters);
    const rowGroups = drawGroups(shape[0], nClusters, random);
    const columnGroups = drawGroups(shape[1], nClusters, random);
    const X = Matrix.zeros(...shape).map((_, i, j) => (rowGroups[i] === columnGroups[j] ? values[rowGroups[i]!]! : 0));
    return { X, rowGroups, columnGroups };
  }, given);
  const clusters = Array.from({ length: nClusters }, (_, k) => k);
  return {
    X,
    rows: clusters.map(k => membersOf(rowGroups, k)),
    columns: clusters.map(k => membersOf(columnGroups, k)),
  };
}
