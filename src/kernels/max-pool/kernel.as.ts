/** Windows of 2 x 2 side by side, four at a time; reference.ts says which value counts. */

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Whether b counts rather than a, in each lane. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function isAbove(b: v128, a: v128): v128 {
  return v128.or(f32x4.gt(b, a), f32x4.ne(b, b));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function exceeds(b: f32, a: f32): bool {
  return b > a || b != b;
}

/** How far the last four windows of a line begin before `at`, where fewer are left: some are done twice, alike. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function overlap(at: usize, end: usize): usize {
  return at + QUAD > end ? at + QUAD - end : 0;
}

export function poolByFour(x: usize, images: i32, height: i32, width: i32, y: usize): void {
  const rowBytes = (<usize>width) * FLOAT;
  const lineBytes = (<usize>(width >> 1)) * FLOAT;
  for (let image = 0; image < images; image++, x += (<usize>height) * rowBytes) {
    for (let line = 0; line < height >> 1; line++) {
      let upper = x + (<usize>(2 * line)) * rowBytes;
      let lower = upper + rowBytes;
      const end = y + lineBytes;
      while (y < end) {
        if (lineBytes < QUAD) {
          let top = load<f32>(upper);
          const q = load<f32>(upper, FLOAT), r = load<f32>(lower), s = load<f32>(lower, FLOAT);
          if (exceeds(q, top)) top = q;
          if (exceeds(r, top)) top = r;
          store<f32>(y, exceeds(s, top) ? s : top);
          y += FLOAT; upper += 2 * FLOAT; lower += 2 * FLOAT;
          continue;
        }
        const over = overlap(y, end);
        y -= over; upper -= 2 * over; lower -= 2 * over;
        const a = v128.load(upper), b = v128.load(upper, QUAD);
        const c = v128.load(lower), d = v128.load(lower, QUAD);
        let top = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
        const q = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
        top = v128.bitselect(q, top, isAbove(q, top));
        const r = v128.shuffle<f32>(c, d, 0, 2, 4, 6);
        top = v128.bitselect(r, top, isAbove(r, top));
        const s = v128.shuffle<f32>(c, d, 1, 3, 5, 7);
        v128.store(y, v128.bitselect(s, top, isAbove(s, top)));
        y += QUAD; upper += 2 * QUAD; lower += 2 * QUAD;
      }
    }
  }
}

export function poolByFourBack(x: usize, grad: usize, images: i32, height: i32, width: i32, back: usize): void {
  const rowBytes = (<usize>width) * FLOAT;
  const imageBytes = (<usize>height) * rowBytes;
  const lineBytes = (<usize>(width >> 1)) * FLOAT;
  if ((height | width) & 1) memory.fill(back, 0, (<usize>images) * imageBytes);
  for (let image = 0; image < images; image++, x += imageBytes, back += imageBytes) {
    for (let line = 0; line < height >> 1; line++) {
      let upper = x + (<usize>(2 * line)) * rowBytes;
      const toBack = back - x;
      const end = grad + lineBytes;
      while (grad < end) {
        if (lineBytes < QUAD) {
          const lower = upper + rowBytes;
          let best = upper;
          if (exceeds(load<f32>(upper, FLOAT), load<f32>(best))) best = upper + FLOAT;
          if (exceeds(load<f32>(lower), load<f32>(best))) best = lower;
          if (exceeds(load<f32>(lower, FLOAT), load<f32>(best))) best = lower + FLOAT;
          store<i64>(upper + toBack, 0);
          store<i64>(lower + toBack, 0);
          store<f32>(best + toBack, load<f32>(grad));
          grad += FLOAT; upper += 2 * FLOAT;
          continue;
        }
        const over = overlap(grad, end);
        grad -= over; upper -= 2 * over;
        const lower = upper + rowBytes;
        const a = v128.load(upper), b = v128.load(upper, QUAD);
        const c = v128.load(lower), d = v128.load(lower, QUAD);
        let top = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
        const q = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
        const isQ = isAbove(q, top);
        top = v128.bitselect(q, top, isQ);
        const r = v128.shuffle<f32>(c, d, 0, 2, 4, 6);
        const isR = isAbove(r, top);
        top = v128.bitselect(r, top, isR);
        const s = v128.shuffle<f32>(c, d, 1, 3, 5, 7);
        const isS = isAbove(s, top);
        const g = v128.load(grad);
        const ofR = v128.and(g, v128.andnot(isR, isS)), ofS = v128.and(g, isS);
        const isLower = v128.or(isR, isS);
        const ofQ = v128.and(g, v128.andnot(isQ, isLower)), ofP = v128.andnot(g, v128.or(isQ, isLower));
        v128.store(upper + toBack, v128.shuffle<f32>(ofP, ofQ, 0, 4, 1, 5));
        v128.store(upper + toBack, v128.shuffle<f32>(ofP, ofQ, 2, 6, 3, 7), QUAD);
        v128.store(lower + toBack, v128.shuffle<f32>(ofR, ofS, 0, 4, 1, 5));
        v128.store(lower + toBack, v128.shuffle<f32>(ofR, ofS, 2, 6, 3, 7), QUAD);
        grad += QUAD; upper += 2 * QUAD;
      }
    }
  }
}
