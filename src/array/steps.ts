/** A conversion that can be paused: it yields the element-operations since it last did, as work does. */
export type Steps<T> = Generator<{ readonly ops: number }, T, unknown>;

/** Element-operations between two pauses. */
const STEP = 2 ** 20;

/** Visits ranges of rows in order, with a pause after each; `opsPerRow` is what a row takes. */
export function* inSteps(rows: number, opsPerRow: number, visit: (from: number, to: number) => void): Steps<void> {
  const height = Math.max(1, Math.floor(STEP / opsPerRow));
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    visit(from, to);
    yield { ops: (to - from) * opsPerRow };
  }
}

/** The result, without pauses. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const state = steps.next();
    if (state.done) return state.value;
  }
}
