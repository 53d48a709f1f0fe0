/**
 * C = A B or C += A B in single precision with SIMD, for one block whose operands lie in this memory.
 *
 * A is packed in panels of 4 rows, B in panels of 8 columns; a panel holds its values of step k side by side, step
 * after step. A 4 x 8 tile of C lives in eight registers while k runs. Multiplication and addition are separate
 * instructions (no fused multiply-add): the result is the same on every machine.
 */

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register
const A_PANEL: i32 = 4;
const B_PANEL: i32 = 8;
const A_STEP: usize = 16; // bytes of one packed step k
const B_STEP: usize = 32;

/** Packs `n` columns of B, `k` steps long; one of `step` and `column`, the bytes from one to the next, is a float. */
export function packColumns(n: i32, k: i32, b: usize, step: usize, column: usize, packed: usize): void {
  const panelBytes = (<usize>k) * B_STEP;
  for (let j = 0; j < n; j += B_PANEL) {
    packQuads(b, column, step, n - j, k, packed, B_STEP);
    packQuads(b + 4 * column, column, step, n - j - 4, k, packed + QUAD, B_STEP);
    b += B_PANEL * column;
    packed += panelBytes;
  }
}

/**
 * Multiplies `m` rows of A, `k` steps long, by `n` packed columns of B into C (`cRow` bytes a row), which is added to
 * if `isAdded`. `row` and `step` are A's bytes from one to the next; one of them is a float. `scratch` has room for
 * the packed rows and then one tile.
 */
export function multiplyRows(
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
  scratch: usize,
): void {
  const aPanels = (m + A_PANEL - 1) / A_PANEL;
  const panelBytes = (<usize>k) * A_STEP;
  const tile = scratch + (<usize>aPanels) * panelBytes;
  for (let p = 0; p < aPanels; p++) {
    const from = a + (<usize>(p * A_PANEL)) * row;
    packQuads(from, row, step, m - p * A_PANEL, k, scratch + (<usize>p) * panelBytes, A_STEP);
  }
  for (let j = 0; j < n; j += B_PANEL) {
    const width = min(B_PANEL, n - j);
    for (let p = 0; p < aPanels; p++) {
      const height = min(A_PANEL, m - p * A_PANEL);
      const panel = scratch + (<usize>p) * panelBytes;
      const to = c + (<usize>(p * A_PANEL)) * cRow + (<usize>j) * FLOAT;
      if (height === A_PANEL && width === B_PANEL) {
        multiplyTile(panel, packedB, k, to, cRow, isAdded);
      } else {
        multiplyTile(panel, packedB, k, tile, B_STEP, false);
        copyTile(tile, to, cRow, height, width, isAdded);
      }
    }
    packedB += (<usize>k) * B_STEP;
  }
}

/**
 * Packs up to four lanes (rows of A or columns of B), `step` bytes from one step to the next, `lane` bytes from one
 * lane to the next, into quads that stand `quadStep` bytes apart. Absent lanes are filled with zeros.
 */
function packQuads(from: usize, lane: usize, step: usize, lanes: i32, depth: i32, to: usize, quadStep: usize): void {
  if (lanes < 4) packFewLanes(from, lane, step, max(lanes, 0), depth, to, quadStep);
  else if (lane === FLOAT) copyQuads(from, step, depth, to, quadStep);
  else transposeQuads(from, lane, depth, to, quadStep);
}

function packFewLanes(from: usize, lane: usize, step: usize, lanes: i32, depth: i32, to: usize, quadStep: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, f32x4.splat(0));
    for (let r = 0; r < lanes; r++) store<f32>(to + (<usize>r) * FLOAT, load<f32>(from + (<usize>r) * lane));
    from += step;
    to += quadStep;
  }
}

function copyQuads(from: usize, step: usize, depth: i32, to: usize, quadStep: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, v128.load(from));
    from += step;
    to += quadStep;
  }
}

/** Four lanes that run along memory: squares of 4 x 4 are turned over in registers, the last steps one by one. */
function transposeQuads(from: usize, lane: usize, depth: i32, to: usize, quadStep: usize): void {
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
    v128.store(to + quadStep, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(to + 2 * quadStep, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(to + 3 * quadStep, v128.shuffle<f64>(high01, high23, 1, 3));
    from += QUAD;
    to += 4 * quadStep;
  }
  packFewLanes(from, lane, FLOAT, 4, depth - k, to, quadStep);
}

function multiplyTile(a: usize, b: usize, depth: i32, c: usize, cRow: usize, isAdded: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += A_STEP;
    b += B_STEP;
  }
  storeRow(c, c00, c01, isAdded);
  storeRow(c + cRow, c10, c11, isAdded);
  storeRow(c + 2 * cRow, c20, c21, isAdded);
  storeRow(c + 3 * cRow, c30, c31, isAdded);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function storeRow(c: usize, left: v128, right: v128, isAdded: bool): void {
  if (isAdded) {
    left = f32x4.add(v128.load(c), left);
    right = f32x4.add(v128.load(c, QUAD), right);
  }
  v128.store(c, left);
  v128.store(c, right, QUAD);
}

/** Moves the part of a tile that lies inside C. */
function copyTile(tile: usize, c: usize, cRow: usize, height: i32, width: i32, isAdded: bool): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const at = (<usize>j) * FLOAT;
      const sum = load<f32>(tile + at);
      store<f32>(c + at, isAdded ? load<f32>(c + at) + sum : sum);
    }
    tile += B_STEP;
    c += cRow;
  }
}
