/**
 * Which queries lie close to which samples, in single precision. Queries are rows of -2 x, samples panels of eight: the
 * eight values of column 0, then those of column 1, ... A tile of 4 queries x 8 samples lives in eight registers while
 * the columns run. A pair is found unless |y|² - 2 x'y is surely greater than the query's limit.
 */

/**
 * `norms` has eight squared lengths a panel, `limits` one number per query; the queries are `count` rows, a multiple of
 * four. Writes `query * 65536 + sample` for each pair to `found`, and gives their number. Places beyond the tables may be
 * found where values are no numbers.
 */
export function closePairs(
  queries: usize,
  count: i32,
  samples: usize,
  panels: i32,
  columns: i32,
  norms: usize,
  limits: usize,
  found: usize,
): i32 {
  const rowBytes = <usize>columns << 2;
  let to = found;
  for (let q = 0; q < count; q += 4) {
    const x = queries + <usize>q * rowBytes;
    const limit = limits + (<usize>q << 2);
    let y = samples;
    for (let p = 0; p < panels; p++) {
      to = tile(x, rowBytes, y, norms + (<usize>p << 5), limit, (<u32>q << 16) + 8 * p, to);
      y += rowBytes << 3;
    }
  }
  return <i32>((to - found) >> 2);
}

function tile(x: usize, rowBytes: usize, y: usize, norms: usize, limits: usize, pair: u32, to: usize): usize {
  const norms0 = v128.load(norms);
  const norms1 = v128.load(norms, 16);
  let a0 = norms0, a1 = norms1, b0 = norms0, b1 = norms1;
  let c0 = norms0, c1 = norms1, d0 = norms0, d1 = norms1;
  for (let end = x + rowBytes; x < end; x += 4) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    y += 32;
    const p = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(p, y0));
    a1 = f32x4.add(a1, f32x4.mul(p, y1));
    const q = v128.load32_splat(x + rowBytes);
    b0 = f32x4.add(b0, f32x4.mul(q, y0));
    b1 = f32x4.add(b1, f32x4.mul(q, y1));
    const r = v128.load32_splat(x + 2 * rowBytes);
    c0 = f32x4.add(c0, f32x4.mul(r, y0));
    c1 = f32x4.add(c1, f32x4.mul(r, y1));
    const s = v128.load32_splat(x + 3 * rowBytes);
    d0 = f32x4.add(d0, f32x4.mul(s, y0));
    d1 = f32x4.add(d1, f32x4.mul(s, y1));
  }
  to = keep(a0, a1, limits, pair, to);
  to = keep(b0, b1, limits + 4, pair + 0x10000, to);
  to = keep(c0, c1, limits + 8, pair + 0x20000, to);
  return keep(d0, d1, limits + 12, pair + 0x30000, to);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function keep(values0: v128, values1: v128, limit: usize, pair: u32, to: usize): usize {
  const limits = v128.load32_splat(limit);
  // What is no number is not greater either.
  const far0 = f32x4.gt(values0, limits);
  const far1 = f32x4.gt(values1, limits);
  if (i32x4.all_true(v128.and(far0, far1))) return to;
  return write(i32x4.bitmask(far0) | (i32x4.bitmask(far1) << 4), pair, to);
}

function write(far: i32, pair: u32, to: usize): usize {
  let close = ~far & 255;
  while (close !== 0) {
    store<u32>(to, pair + ctz(close));
    to += 4;
    close &= close - 1;
  }
  return to;
}
