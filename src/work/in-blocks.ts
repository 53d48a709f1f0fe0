import { MAX_OPS, type Work } from './work.ts';

/** Visits ranges of rows in order, with a checkpoint after each; `opsPerRow` is the work per row. */
export function* inBlocks(rows: number, opsPerRow: number, visit: (from: number, to: number) => void): Work<void> {
  const height = Math.max(1, Math.floor(MAX_OPS / opsPerRow));
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    visit(from, to);
    yield { ops: (to - from) * opsPerRow };
  }
}
