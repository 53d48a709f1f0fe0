/**
 * Every column's rows in order, as entries, parted stably at each split, so that no node has to sort: pays where most
 * features are looked at in every node.
 */
import { codeOf, DIFFERS, Growth, ROW } from './growth.as';

/** Nodes below this size sort for themselves: that is cheaper than keeping every column in order. */
export const MIN_PRESORTED: i32 = 16;

/** Whether columns are kept in order within a node of this size. */
export function isPresorted(g: Growth, feature: i32, size: i32): bool {
  return g.presorts !== 0 && size >= MIN_PRESORTED && (g.isExact !== 0 || load<u8>(g.tied + (<usize>feature)) === 0);
}

export function columnOrder(g: Growth, feature: i32): usize {
  return g.order + (((<usize>feature) * (<usize>g.size) + (<usize>g.start)) << 2);
}

/** Whether all entries of a node differ. */
export function hasNoTies(entries: usize, n: i32): bool {
  let all: u32 = DIFFERS;
  for (let at = entries + 4, end = entries + ((<usize>n) << 2); at < end; at += 4) all &= load<u32>(at);
  return all !== 0;
}

/** Gives the node's samples the order of a column. */
export function takeOrder(g: Growth, feature: i32): void {
  const order = columnOrder(g, feature);
  let to = g.samples + ((<usize>g.start) << 2);
  for (let at = order, end = order + ((<usize>(g.end - g.start)) << 2); at < end; at += 4, to += 4) {
    store<u32>(to, load<u32>(at) & ROW);
  }
}

/** Notes which samples of the open node went left. */
export function markSides(g: Growth): void {
  for (let p = g.start; p < g.end; p++) {
    store<u8>(g.side + (<usize>load<u32>(g.samples + ((<usize>p) << 2))), <u8>(p < g.pos));
  }
}

/**
 * Parts a column: rows that went left first, both sides in their order. A row differs from the one before it on its side
 * if any row in between did. Both targets are written each time: a branch would be mispredicted.
 */
export function partColumn(g: Growth, feature: i32): void {
  const order = columnOrder(g, feature);
  const end = order + ((<usize>(g.end - g.start)) << 2);
  const side = g.side;
  let left = order;
  let right = g.dealt;
  let differsLeft: u32 = 0;
  let differsRight: u32 = 0;
  for (let at = order; at < end; at += 4) {
    const entry = load<u32>(at);
    const isLeft = <u32>load<u8>(side + (<usize>(entry & ROW)));
    const differs = entry & DIFFERS;
    const bare = entry ^ differs;
    differsLeft |= differs;
    differsRight |= differs;
    store<u32>(left, bare | differsLeft);
    store<u32>(right, bare | differsRight);
    left += (<usize>isLeft) << 2;
    right += (<usize>(1 - isLeft)) << 2;
    differsLeft &= isLeft - 1;
    differsRight &= 0 - isLeft;
  }
  memory.copy(left, g.dealt, right - g.dealt);
}

/** Fills the order of the root: the rows of each column in order, without those of weight 0. */
export function orderColumn(g: Growth, feature: i32, sorted: usize): void {
  let to = g.order + (((<usize>feature) * (<usize>g.size)) << 2);
  let before: u32 = u32.MAX_VALUE;
  for (let q = 0; q < g.rows; q++) {
    const row = load<u32>(sorted + ((<usize>q) << 2));
    if (load<u8>(g.side + (<usize>row)) === 0) continue;
    const code = codeOf(g, feature, row);
    store<u32>(to, row | ((code & 1) << 30) | (code === before ? 0 : DIFFERS));
    before = code;
    to += 4;
  }
}
