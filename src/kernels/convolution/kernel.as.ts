/** Images and their windows, in single precision; reference.ts says what the columns are. */

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Copies channels of `height` x `width` into the middle of channels of `lines` x `line`, which are zero elsewhere. */
export function pad(
  x: usize, channels: i32, height: i32, width: i32, top: i32, left: i32, lines: i32, line: i32, padded: usize,
): void {
  const rowBytes = (<usize>width) * FLOAT;
  const lineBytes = (<usize>line) * FLOAT;
  const channelBytes = (<usize>lines) * lineBytes;
  memory.fill(padded, 0, (<usize>channels) * channelBytes);
  for (let c = 0; c < channels; c++, padded += channelBytes) {
    let to = padded + (<usize>top) * lineBytes + (<usize>left) * FLOAT;
    for (let y = 0; y < height; y++, x += rowBytes, to += lineBytes) copyFloats(x, to, width);
  }
}

/** The transpose of {@link pad}: the middles. */
export function cut(
  padded: usize, channels: i32, height: i32, width: i32, top: i32, left: i32, lines: i32, line: i32, x: usize,
): void {
  const rowBytes = (<usize>width) * FLOAT;
  const lineBytes = (<usize>line) * FLOAT;
  const channelBytes = (<usize>lines) * lineBytes;
  for (let c = 0; c < channels; c++, padded += channelBytes) {
    let from = padded + (<usize>top) * lineBytes + (<usize>left) * FLOAT;
    for (let y = 0; y < height; y++, x += rowBytes, from += lineBytes) copyFloats(from, x, width);
  }
}

/**
 * The columns of `count` lines of the output from line `first` on, of `width` places each, from padded channels. Up to
 * three floats are read and written behind each line: the next one replaces them, and both ends need that much room.
 */
export function unfold(
  padded: usize, channels: i32, lines: i32, line: i32, kernelHeight: i32, kernelWidth: i32,
  strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, first: i32, count: i32, width: i32, columns: usize,
): void {
  const lineBytes = (<usize>line) * FLOAT;
  const down = (<usize>strideY) * lineBytes;
  for (let c = 0; c < channels; c++, padded += (<usize>lines) * lineBytes) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        let from = padded + (<usize>(i * dilationY)) * lineBytes + (<usize>(j * dilationX)) * FLOAT;
        from += (<usize>first) * down;
        for (let y = 0; y < count; y++, from += down, columns += (<usize>width) * FLOAT) {
          if (strideX === 1) copyQuads(from, columns, width);
          else copyApart(from, strideX, columns, width);
        }
      }
    }
  }
}

/** Adds columns to the padded channels that {@link unfold} takes them from, line by line of the output. */
export function fold(
  padded: usize, channels: i32, lines: i32, line: i32, kernelHeight: i32, kernelWidth: i32,
  strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, first: i32, count: i32, width: i32, columns: usize,
): void {
  const lineBytes = (<usize>line) * FLOAT;
  const widthBytes = (<usize>width) * FLOAT;
  const rowBytes = (<usize>count) * widthBytes;
  const positions = kernelHeight * kernelWidth;
  for (let c = 0; c < channels; c++, padded += (<usize>lines) * lineBytes) {
    for (let y = 0; y < count; y++) {
      let from = columns + (<usize>(c * positions)) * rowBytes + (<usize>y) * widthBytes;
      for (let i = 0; i < kernelHeight; i++) {
        const corner = padded + (<usize>((first + y) * strideY + i * dilationY)) * lineBytes;
        for (let j = 0; j < kernelWidth; j++, from += rowBytes) {
          const to = corner + (<usize>(j * dilationX)) * FLOAT;
          if (strideX === 1) addFloats(from, to, width);
          else addApart(from, to, strideX, width);
        }
      }
    }
  }
}

/** Fills each row of a matrix with a value of its own. */
export function fillRows(values: usize, rows: i32, width: i32, out: usize): void {
  for (let i = 0; i < rows; i++, values += FLOAT) {
    const value = v128.load32_splat(values);
    const end = out + (<usize>width) * FLOAT;
    for (; out + QUAD <= end; out += QUAD) v128.store(out, value);
    for (; out < end; out += FLOAT) store<f32>(out, load<f32>(values));
  }
}

function copyQuads(from: usize, to: usize, count: i32): void {
  const end = from + (<usize>count) * FLOAT;
  for (; from < end; from += QUAD, to += QUAD) v128.store(to, v128.load(from));
}

function copyFloats(from: usize, to: usize, count: i32): void {
  const end = from + (<usize>count) * FLOAT;
  for (; from + QUAD <= end; from += QUAD, to += QUAD) v128.store(to, v128.load(from));
  for (; from < end; from += FLOAT, to += FLOAT) store<f32>(to, load<f32>(from));
}

function copyApart(from: usize, stride: i32, to: usize, count: i32): void {
  for (let i = 0; i < count; i++, from += (<usize>stride) * FLOAT, to += FLOAT) store<f32>(to, load<f32>(from));
}

function addFloats(from: usize, to: usize, count: i32): void {
  const end = from + (<usize>count) * FLOAT;
  for (; from + QUAD <= end; from += QUAD, to += QUAD) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; from < end; from += FLOAT, to += FLOAT) store<f32>(to, load<f32>(to) + load<f32>(from));
}

function addApart(from: usize, to: usize, stride: i32, count: i32): void {
  const step = (<usize>stride) * FLOAT;
  for (let i = 0; i < count; i++, from += FLOAT, to += step) store<f32>(to, load<f32>(to) + load<f32>(from));
}
