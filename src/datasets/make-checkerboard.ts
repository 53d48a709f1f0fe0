import { Matrix } from '../array/index.ts';
import { checkParams, either, integer, listOf, type ParamsOf } from '../check/index.ts';
import { type BlockData, blockSpec, drawGroups, finishBlocks, membersOf } from './block-matrix.ts';
import { demand, demandGiven } from './demand.ts';

const count = integer({ min: 1, default: 1 });
const spec = {
  ...blockSpec,
  /** Row groups and column groups, as one number or two. */
  nClusters: either(count, listOf(count, { default: [] })),
};
export type MakeCheckerboardParams = ParamsOf<typeof spec>;
type Given = Pick<MakeCheckerboardParams, 'shape' | 'nClusters'> & Partial<MakeCheckerboardParams>;

/**
 * A matrix that is constant on each block of a checkerboard, for biclustering; scikit-learn's numbers for the same
 * integer seed.
 *
 * Source: Y. Kluger, R. Basri, J. T. Chang and M. Gerstein, "Spectral biclustering of microarray data", Genome Research
 * 13 (2003).
 *
 * @returns `X` of the given shape, and the rows and the columns of each block, block rows first
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeCheckerboard } from 'fitwise';
 * makeCheckerboard({ shape: [30, 30], nClusters: [3, 2], randomState: 42 }).rows.length; // 6
 */
export function makeCheckerboard(params: Given): BlockData {
  const owner = 'data by makeCheckerboard';
  demandGiven(owner, params, ['shape', 'nClusters']);
  const given = checkParams(owner, spec, params);
  const { shape, nClusters, minval, maxval } = given;
  const counts = typeof nClusters === 'number' ? [nClusters, nClusters] : nClusters;
  demand(owner, counts.length === 2, 'nClusters must be an integer or a list of two', nClusters);
  const [nRowGroups = 1, nColumnGroups = 1] = counts;
  const { X, rowGroups, columnGroups } = finishBlocks(random => {
    const rowGroups = drawGroups(shape[0], nRowGroups, random);
    const columnGroups = drawGroups(shape[1], nColumnGroups, random);
    const values = random.uniform(minval, maxval, nRowGroups * nColumnGroups);
    const X = Matrix.zeros(...shape).map((_, i, j) => values[rowGroups[i]! * nColumnGroups + columnGroups[j]!]!);
    return { X, rowGroups, columnGroups };
  }, given);
  const blocks = Array.from({ length: nRowGroups * nColumnGroups }, (_, at) => at);
  return {
    X,
    rows: blocks.map(at => membersOf(rowGroups, Math.floor(at / nColumnGroups))),
    columns: blocks.map(at => membersOf(columnGroups, at % nColumnGroups)),
  };
}
