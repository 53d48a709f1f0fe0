/**
 * Products of matrices in double or single precision (T), block by block, with SIMD.
 *
 * A is packed in panels of 4 rows, B in panels of as many columns as two registers hold (4 doubles, 8 floats); a panel
 * holds its values of step k side by side, step after step. A tile of C, one panel by the other, lives in eight
 * registers while k runs, so that each loaded register is used four times. Multiplication and addition are separate
 * instructions (no fused multiply-add): the result is the same on every machine.
 */

const REGISTER: usize = 16;
const ROWS: i32 = 4; // of a panel of A, and of a tile
const B_STEP: usize = 32; // bytes of one packed step of B, and of a tile's row

/** Packs `n` columns of B, `k` steps long; one of `step` and `column`, the bytes from one to the next, is one T. */
export function packColumns<T>(n: i32, k: i32, b: usize, step: usize, column: usize, packed: usize): void {
  const lanes = <i32>(REGISTER / sizeof<T>());
  for (let j = 0; j < n; j += 2 * lanes) {
    packLanes<T>(b, column, step, n - j, k, packed, B_STEP);
    packLanes<T>(b + (<usize>lanes) * column, column, step, n - j - lanes, k, packed + REGISTER, B_STEP);
    b += (<usize>(2 * lanes)) * column;
    packed += (<usize>k) * B_STEP;
  }
}

/** Packs `m` rows of A, `k` steps long; one of `row` and `step`, the bytes from one to the next, is one T. */
export function packRows<T>(m: i32, k: i32, a: usize, row: usize, step: usize, packed: usize): void {
  const lanes = <i32>(REGISTER / sizeof<T>());
  const aStep = (<usize>ROWS) * sizeof<T>();
  for (let i = 0; i < m; i += ROWS) {
    for (let r = 0; r < ROWS; r += lanes) {
      const to = packed + (<usize>r) * sizeof<T>();
      packLanes<T>(a + (<usize>(i + r)) * row, row, step, m - i - r, k, to, aStep);
    }
    packed += (<usize>k) * aStep;
  }
}

/**
 * Multiplies `m` packed rows of A by `n` packed columns of B, `k` steps long, into C (`cRow` bytes a row), which is
 * added to if `isAdded`. Tiles that end before column `first + i` of C, where i is their first row, are left alone.
 * `tile` has room for one.
 */
export function multiplyPanels<T>(
  m: i32,
  n: i32,
  k: i32,
  packedA: usize,
  packedB: usize,
  c: usize,
  cRow: usize,
  isAdded: bool,
  first: i32,
  tile: usize,
): void {
  const columns = <i32>(B_STEP / sizeof<T>());
  const panelBytes = (<usize>k) * (<usize>ROWS) * sizeof<T>();
  for (let j = 0; j < n; j += columns) {
    const width = min(columns, n - j);
    let panel = packedA;
    let to = c + (<usize>j) * sizeof<T>();
    for (let i = 0; i < m && first + i < j + width; i += ROWS) {
      const height = min(ROWS, m - i);
      if (height === ROWS && width === columns) {
        multiplyTile<T>(panel, packedB, k, to, cRow, isAdded);
      } else {
        multiplyTile<T>(panel, packedB, k, tile, B_STEP, false);
        copyTile<T>(tile, to, cRow, height, width, isAdded);
      }
      panel += panelBytes;
      to += (<usize>ROWS) * cRow;
    }
    packedB += (<usize>k) * B_STEP;
  }
}

/**
 * As {@link multiplyPanels}, of rows of A that are not packed: `row` and `step` are the bytes from one to the next. `scratch` has room for
 * a tile and the packed rows.
 */
export function multiplyRows<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  row: usize,
  step: usize,
  packedB: usize,
  c: usize,
  cRow: usize,
  isAdded: bool,
  first: i32,
  scratch: usize,
): void {
  const packedA = scratch + (<usize>ROWS) * B_STEP;
  packRows<T>(m, k, a, row, step, packedA);
  multiplyPanels<T>(m, n, k, packedA, packedB, c, cRow, isAdded, first, scratch);
}

/**
 * Packs as many lanes (rows of A or columns of B) as a register holds, `lane` bytes from one to the next and `step`
 * bytes from one of their steps to the next, into registers that stand `gap` bytes apart. Lanes from `count` on are
 * absent and filled with zeros.
 */
function packLanes<T>(from: usize, lane: usize, step: usize, count: i32, depth: i32, to: usize, gap: usize): void {
  if (count < <i32>(REGISTER / sizeof<T>())) packFewLanes<T>(from, lane, step, count, depth, to, gap);
  else if (lane === sizeof<T>()) copyRegisters(from, step, depth, to, gap);
  else if (sizeof<T>() === 4) transposeFours(from, lane, depth, to, gap);
  else transposePairs(from, lane, depth, to, gap);
}

function packFewLanes<T>(from: usize, lane: usize, step: usize, count: i32, depth: i32, to: usize, gap: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, i64x2.splat(0));
    for (let r = 0; r < count; r++) store<T>(to + (<usize>r) * sizeof<T>(), load<T>(from + (<usize>r) * lane));
    from += step;
    to += gap;
  }
}

function copyRegisters(from: usize, step: usize, depth: i32, to: usize, gap: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, v128.load(from));
    from += step;
    to += gap;
  }
}

/** Four lanes that run along memory: squares of 4 x 4 floats are turned over in registers. */
function transposeFours(from: usize, lane: usize, depth: i32, to: usize, gap: usize): void {
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    const r0 = v128.load(from);
    const r1 = v128.load(from + lane);
    const r2 = v128.load(from + 2 * lane);
    const r3 = v128.load(from + 3 * lane);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to + gap, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(to + 2 * gap, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(to + 3 * gap, v128.shuffle<f64>(high01, high23, 1, 3));
    from += REGISTER;
    to += 4 * gap;
  }
  packFewLanes<f32>(from, lane, 4, 4, depth - k, to, gap);
}

/** Two lanes that run along memory: squares of 2 x 2 doubles. */
function transposePairs(from: usize, lane: usize, depth: i32, to: usize, gap: usize): void {
  let k = 0;
  for (; k + 2 <= depth; k += 2) {
    const r0 = v128.load(from);
    const r1 = v128.load(from + lane);
    v128.store(to, v128.shuffle<f64>(r0, r1, 0, 2));
    v128.store(to + gap, v128.shuffle<f64>(r0, r1, 1, 3));
    from += REGISTER;
    to += 2 * gap;
  }
  packFewLanes<f64>(from, lane, 8, 2, depth - k, to, gap);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function multiplyTile<T>(a: usize, b: usize, depth: i32, c: usize, cRow: usize, isAdded: bool): void {
  let c00 = i64x2.splat(0), c01 = i64x2.splat(0);
  let c10 = i64x2.splat(0), c11 = i64x2.splat(0);
  let c20 = i64x2.splat(0), c21 = i64x2.splat(0);
  let c30 = i64x2.splat(0), c31 = i64x2.splat(0);
  for (const end = a + (<usize>depth) * (<usize>ROWS) * sizeof<T>(); a < end; ) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, REGISTER);
    const a0 = v128.load_splat<T>(a);
    c00 = v128.add<T>(c00, v128.mul<T>(a0, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(a0, b1));
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    c10 = v128.add<T>(c10, v128.mul<T>(a1, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(a1, b1));
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = v128.add<T>(c20, v128.mul<T>(a2, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(a2, b1));
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = v128.add<T>(c30, v128.mul<T>(a3, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(a3, b1));
    a += (<usize>ROWS) * sizeof<T>();
    b += B_STEP;
  }
  storeRow<T>(c, c00, c01, isAdded);
  storeRow<T>(c + cRow, c10, c11, isAdded);
  storeRow<T>(c + 2 * cRow, c20, c21, isAdded);
  storeRow<T>(c + 3 * cRow, c30, c31, isAdded);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function storeRow<T>(c: usize, left: v128, right: v128, isAdded: bool): void {
  if (isAdded) {
    left = v128.add<T>(v128.load(c), left);
    right = v128.add<T>(v128.load(c, REGISTER), right);
  }
  v128.store(c, left);
  v128.store(c, right, REGISTER);
}

/** Moves the part of a tile that lies inside C. */
function copyTile<T>(tile: usize, c: usize, cRow: usize, height: i32, width: i32, isAdded: bool): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const at = (<usize>j) * sizeof<T>();
      const sum = load<T>(tile + at);
      store<T>(c + at, isAdded ? <T>(load<T>(c + at) + sum) : sum);
    }
    tile += B_STEP;
    c += cRow;
  }
}
