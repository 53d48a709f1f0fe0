const DOUBLE: usize = 8;

/** Adds the columns of G to those of the intercepts, row after row. */
export function addTotals(rows: i32, g: usize, lanes: i32, totals: usize): void {
  const laneBytes = (<usize>lanes) * DOUBLE;
  for (let o = 0; o < lanes; o += 2) {
    const at = (<usize>o) * DOUBLE;
    let total = v128.load(totals + at);
    for (let r = 0; r < rows; r++) total = f64x2.add(total, v128.load(g + (<usize>r) * laneBytes + at));
    v128.store(totals + at, total);
  }
}
