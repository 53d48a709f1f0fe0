/**
 * C = A B over packed panels, in double precision with SIMD.
 *
 * A is packed in panels of 4 rows, B in panels of 4 columns; a panel holds its 4 values of step k side by side, step
 * after step. A 4 x 4 tile of C lives in eight registers of two lanes while k runs, so that each loaded value is used
 * four times. Multiplication and addition are separate instructions (no fused multiply-add): the result is the same
 * on every machine.
 */

const SIDE: usize = 4;
const PANEL_STEP: usize = 32; // bytes of one step k: four doubles

/**
 * Writes the product of `aPanels` and `bPanels` panels, `depth` steps deep, to C: row-major, 4 * bPanels doubles a
 * row. With `upper`, tiles below the diagonal are left untouched.
 */
export function multiplyPanels(a: usize, b: usize, c: usize, aPanels: i32, bPanels: i32, depth: i32, upper: i32): void {
  const panelBytes = (<usize>depth) * PANEL_STEP;
  const rowBytes = (<usize>bPanels) * PANEL_STEP;
  for (let q = 0; q < bPanels; q++) {
    const end = upper ? min(q + 1, aPanels) : aPanels;
    for (let p = 0; p < end; p++) {
      const tile = c + (<usize>p) * SIDE * rowBytes + (<usize>q) * PANEL_STEP;
      multiplyTile(a + (<usize>p) * panelBytes, b + (<usize>q) * panelBytes, tile, rowBytes, depth);
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function multiplyTile(a: usize, b: usize, c: usize, rowBytes: usize, depth: i32): void {
  let c00 = f64x2.splat(0), c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0), c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0), c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0), c31 = f64x2.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(a0, b0));
    c01 = f64x2.add(c01, f64x2.mul(a0, b1));
    const a1 = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(a1, b0));
    c11 = f64x2.add(c11, f64x2.mul(a1, b1));
    const a2 = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(a2, b0));
    c21 = f64x2.add(c21, f64x2.mul(a2, b1));
    const a3 = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(a3, b0));
    c31 = f64x2.add(c31, f64x2.mul(a3, b1));
    a += PANEL_STEP;
    b += PANEL_STEP;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + rowBytes, c10);
  v128.store(c + rowBytes, c11, 16);
  v128.store(c + 2 * rowBytes, c20);
  v128.store(c + 2 * rowBytes, c21, 16);
  v128.store(c + 3 * rowBytes, c30);
  v128.store(c + 3 * rowBytes, c31, 16);
}
