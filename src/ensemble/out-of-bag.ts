import type { Matrix } from '../array/index.ts';
import { warn } from '../errors/index.ts';
import { addTreeValues, type SingleMatrix, zeroValues } from '../tree/index.ts';
import type { Work } from '../work/index.ts';
import { type Bootstrap, drawRows, rowsLeftOut } from './bootstrap.ts';
import type { Forest } from './grow-forest.ts';

/**
 * Mean prediction of each training sample by the trees that did not draw it, one matrix per output; zeros, with a
 * warning, for samples that every tree drew.
 */
export function* outOfBagValues(
  { trees, seeds }: Forest,
  X: SingleMatrix,
  bootstrap: Bootstrap,
  source: string,
): Work<readonly Matrix[]> {
  const sums = zeroValues(trees[0]!, X.rows);
  const votes = new Int32Array(X.rows);
  for (const [t, tree] of trees.entries()) {
    const rows = rowsLeftOut(drawRows(bootstrap, seeds[t]!), X.rows);
    yield* addTreeValues(tree, X, sums, rows);
    for (const i of rows) votes[i]!++;
  }
  if (votes.includes(0)) {
    const message = 'some samples were drawn by every tree and have no out-of-bag estimate; grow more trees';
    warn({ kind: 'user', source, message });
  }
  return sums.map(sum => sum.map((value, i) => value / Math.max(1, votes[i]!)));
}
