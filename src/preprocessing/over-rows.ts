import { MAX_OPS, type Work } from '../work/index.ts';

/** Visits rows one after another, with checkpoints; `columns` is the work per row. */
export function* overRows(rows: number, columns: number, visit: (row: number) => void): Work<void> {
  const chunk = Math.max(1, Math.floor(MAX_OPS / Math.max(1, columns)));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    for (let i = from; i < to; i++) visit(i);
    yield { ops: (to - from) * columns };
  }
}
