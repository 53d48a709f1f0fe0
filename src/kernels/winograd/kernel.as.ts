/** Tiles of images at the 16 points and back, four tiles of a line at a time; reference.ts says what is computed. */

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register
const HALF: f32 = 0.5;

/**
 * Kernels (outChannels, channels, 3, 3) at the points, as rows packed for products of `deep` of the channels, from channel
 * `first` on: panels of four kernels of neighbouring outChannels, point after point. Where fewer are left in the last
 * panel, its last is there several times.
 */
export function packKernels(
  w: usize, outChannels: i32, channels: i32, first: i32, deep: i32, packed: usize, pointBytes: usize,
): void {
  const kernelBytes: usize = 9 * FLOAT;
  const rowBytes = (<usize>channels) * kernelBytes;
  for (let o = 0; o < outChannels; o += 4) {
    let from = w + (<usize>o) * rowBytes + (<usize>first) * kernelBytes;
    const left = outChannels - o - 1;
    const second = (<usize>min(1, left)) * rowBytes, third = (<usize>min(2, left)) * rowBytes;
    const fourth = (<usize>min(3, left)) * rowBytes;
    for (let c = 0; c < deep; c++, from += kernelBytes, packed += QUAD) {
      packFour(from, from + second, from + third, from + fourth, packed, pointBytes);
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function packFour(p: usize, q: usize, r: usize, s: usize, to: usize, pointBytes: usize): void {
  const half = f32x4.splat(HALF);
  const p0 = v128.load(p), q0 = v128.load(q), r0 = v128.load(r), s0 = v128.load(s);
  const low01 = v128.shuffle<f32>(p0, q0, 0, 4, 1, 5), low23 = v128.shuffle<f32>(r0, s0, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(p0, q0, 2, 6, 3, 7), high23 = v128.shuffle<f32>(r0, s0, 2, 6, 3, 7);
  const a0 = v128.shuffle<f64>(low01, low23, 0, 2), a1 = v128.shuffle<f64>(low01, low23, 1, 3);
  const a2 = v128.shuffle<f64>(high01, high23, 0, 2), b0 = v128.shuffle<f64>(high01, high23, 1, 3);
  const p4 = v128.load(p, QUAD), q4 = v128.load(q, QUAD), r4 = v128.load(r, QUAD), s4 = v128.load(s, QUAD);
  const mid01 = v128.shuffle<f32>(p4, q4, 0, 4, 1, 5), mid23 = v128.shuffle<f32>(r4, s4, 0, 4, 1, 5);
  const top01 = v128.shuffle<f32>(p4, q4, 2, 6, 3, 7), top23 = v128.shuffle<f32>(r4, s4, 2, 6, 3, 7);
  const b1 = v128.shuffle<f64>(mid01, mid23, 0, 2), b2 = v128.shuffle<f64>(mid01, mid23, 1, 3);
  const c0 = v128.shuffle<f64>(top01, top23, 0, 2), c1 = v128.shuffle<f64>(top01, top23, 1, 3);
  const pair = v128.load32_lane(q + 2 * QUAD, v128.load32_zero(p + 2 * QUAD), 1);
  const c2 = v128.load32_lane(s + 2 * QUAD, v128.load32_lane(r + 2 * QUAD, pair, 2), 3);
  const outer0 = f32x4.add(a0, c0), outer1 = f32x4.add(a1, c1), outer2 = f32x4.add(a2, c2);
  enterRow(to, pointBytes, a0, a1, a2);
  enterRow(
    to + 4 * pointBytes, pointBytes, f32x4.mul(half, f32x4.add(outer0, b0)), f32x4.mul(half, f32x4.add(outer1, b1)),
    f32x4.mul(half, f32x4.add(outer2, b2)),
  );
  enterRow(
    to + 8 * pointBytes, pointBytes, f32x4.mul(half, f32x4.sub(outer0, b0)), f32x4.mul(half, f32x4.sub(outer1, b1)),
    f32x4.mul(half, f32x4.sub(outer2, b2)),
  );
  enterRow(to + 12 * pointBytes, pointBytes, c0, c1, c2);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function enterRow(points: usize, pointBytes: usize, a: v128, b: v128, c: v128): void {
  const half = f32x4.splat(HALF);
  const outer = f32x4.add(a, c);
  v128.store(points, a);
  v128.store(points + pointBytes, f32x4.mul(half, f32x4.add(outer, b)));
  v128.store(points + 2 * pointBytes, f32x4.mul(half, f32x4.sub(outer, b)));
  v128.store(points + 3 * pointBytes, c);
}

/**
 * Values (16, channels, tiles) of `lines` lines of `across` tiles of padded channels, `line` floats a line and
 * `channelBytes` apart; the tiles of a channel stand `tileBytes` apart from those of the next. Up to three tiles behind
 * each line are read and written: the next line replaces them, and both ends need that much room.
 */
export function enterTiles(
  padded: usize, channels: i32, channelBytes: usize, line: i32, lines: i32, across: i32, values: usize, tileBytes: usize,
): void {
  const lineBytes = (<usize>line) * FLOAT;
  const pointBytes = (<usize>channels) * tileBytes;
  for (let c = 0; c < channels; c++, padded += channelBytes, values += tileBytes) {
    let to = values;
    for (let y = 0; y < lines; y++, to += (<usize>across) * FLOAT) {
      const from = padded + (<usize>(2 * y)) * lineBytes;
      for (let t = 0; t < across; t += 4) {
        const at = from + (<usize>(2 * t)) * FLOAT;
        enterFour(at, lineBytes, to + (<usize>t) * FLOAT, pointBytes);
      }
    }
  }
}

function enterFour(from: usize, lineBytes: usize, to: usize, pointBytes: usize): void {
  for (let j = 0; j < 4; j++, to += pointBytes) {
    const d0 = column(from, j);
    const d1 = column(from + lineBytes, j);
    const d2 = column(from + 2 * lineBytes, j);
    const d3 = column(from + 3 * lineBytes, j);
    v128.store(to, f32x4.sub(d0, d2));
    v128.store(to + 4 * pointBytes, f32x4.add(d1, d2));
    v128.store(to + 8 * pointBytes, f32x4.sub(d2, d1));
    v128.store(to + 12 * pointBytes, f32x4.sub(d1, d3));
  }
}

/** Point j along one line of four tiles. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function column(from: usize, j: i32): v128 {
  const a = v128.load(from), b = v128.load(from, QUAD);
  const c = v128.load(from, 2 * FLOAT), d = v128.load(from, 2 * FLOAT + QUAD);
  const x0 = v128.shuffle<f32>(a, b, 0, 2, 4, 6), x1 = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
  const x2 = v128.shuffle<f32>(c, d, 0, 2, 4, 6), x3 = v128.shuffle<f32>(c, d, 1, 3, 5, 7);
  if (j === 0) return f32x4.sub(x0, x2);
  if (j === 1) return f32x4.add(x1, x2);
  return j === 2 ? f32x4.sub(x2, x1) : f32x4.sub(x1, x3);
}

/**
 * Outputs of products (16, channels, tiles), laid out as by {@link enterTiles}, plus a bias by channel: channels of lines
 * of `line` floats, which has room for whole quads of tiles, `channelBytes` apart.
 */
export function leaveTiles(
  products: usize, channels: i32, tileBytes: usize, lines: i32, across: i32, bias: usize, y: usize, line: i32,
  channelBytes: usize,
): void {
  const lineBytes = (<usize>line) * FLOAT;
  const pointBytes = (<usize>channels) * tileBytes;
  for (let c = 0; c < channels; c++, y += channelBytes, products += tileBytes, bias += FLOAT) {
    const shift = v128.load32_splat(bias);
    let from = products;
    for (let row = 0; row < lines; row++, from += (<usize>across) * FLOAT) {
      const to = y + (<usize>(2 * row)) * lineBytes;
      for (let t = 0; t < across; t += 4) {
        leaveFour(from + (<usize>t) * FLOAT, pointBytes, shift, to + (<usize>(2 * t)) * FLOAT, lineBytes);
      }
    }
  }
}

function leaveFour(from: usize, pointBytes: usize, shift: v128, to: usize, lineBytes: usize): void {
  let upper0 = shift, upper1 = shift, upper2 = shift, upper3 = shift;
  let lower0 = shift, lower1 = shift, lower2 = shift, lower3 = shift;
  for (let j = 0; j < 4; j++, from += pointBytes) {
    const m0 = v128.load(from), m1 = v128.load(from + 4 * pointBytes);
    const m2 = v128.load(from + 8 * pointBytes), m3 = v128.load(from + 12 * pointBytes);
    upper0 = upper1; upper1 = upper2; upper2 = upper3;
    lower0 = lower1; lower1 = lower2; lower2 = lower3;
    upper3 = f32x4.add(f32x4.add(m0, m1), m2);
    lower3 = f32x4.sub(f32x4.sub(m1, m2), m3);
  }
  storeLine(to, upper0, upper1, upper2, upper3, shift);
  storeLine(to + lineBytes, lower0, lower1, lower2, lower3, shift);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function storeLine(to: usize, a: v128, b: v128, c: v128, d: v128, shift: v128): void {
  const left = f32x4.add(f32x4.add(f32x4.add(a, b), c), shift);
  const right = f32x4.add(f32x4.sub(f32x4.sub(b, c), d), shift);
  v128.store(to, v128.shuffle<f32>(left, right, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<f32>(left, right, 2, 6, 3, 7), QUAD);
}
