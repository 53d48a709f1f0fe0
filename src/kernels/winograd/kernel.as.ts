/** Tiles of images at the 16 points and back, four tiles of a line at a time; reference.ts says what is computed. */

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register
const HALF: f32 = 0.5;

/** Kernels of 3 x 3 at the points, (16, kernels), four at a time: there are as many at least. */
export function enterKernels(w: usize, kernels: i32, points: usize): void {
  const half = f32x4.splat(HALF);
  const pointBytes = (<usize>kernels) * FLOAT;
  for (let k = 0; k < kernels; k += 4) {
    // The last four may have been among those before.
    const first = <usize>min(k, kernels - 4);
    const at = w + first * 9 * FLOAT, to = points + first * FLOAT;
    const a0 = ofFour(at), a1 = ofFour(at + FLOAT), a2 = ofFour(at + 2 * FLOAT);
    const b0 = ofFour(at + 3 * FLOAT), b1 = ofFour(at + 4 * FLOAT), b2 = ofFour(at + 5 * FLOAT);
    const c0 = ofFour(at + 6 * FLOAT), c1 = ofFour(at + 7 * FLOAT), c2 = ofFour(at + 8 * FLOAT);
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
}

/** A place in four kernels. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function ofFour(w: usize): v128 {
  const one = v128.load32_zero(w);
  return v128.load32_lane(
    w + 27 * FLOAT, v128.load32_lane(w + 18 * FLOAT, v128.load32_lane(w + 9 * FLOAT, one, 1), 2), 3,
  );
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
