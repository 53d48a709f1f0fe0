/** What follows a convolution, image by image while one is in the first-level cache; reference.ts says what. */
import { scaleLines } from '../channel-lines/kernel.as';
import { passPositive, rectify } from '../elementwise/kernel.as';
import { poolByFour as pool, poolByFourBack as poolBack } from '../max-pool/kernel.as';

export { combineLines, sumGradients, sumLines, sumSquares } from '../channel-lines/kernel.as';

const FLOAT: usize = 4;
const DOUBLE: usize = 8;

/** `room` holds an image, and up to three floats behind it. */
export function poolScaled(
  x: usize, images: i32, height: i32, width: i32, scales: usize, shifts: usize, room: usize, y: usize,
): void {
  const inner = height * width;
  const windowBytes = (<usize>((height >> 1) * (width >> 1))) * FLOAT;
  for (let i = 0; i < images; i++, x += (<usize>inner) * FLOAT, y += windowBytes, scales += DOUBLE, shifts += DOUBLE) {
    rectifyScaled(x, inner, scales, shifts, room);
    pool(room, 1, height, width, y);
  }
}

/** As {@link poolScaled}; up to three floats are written behind the last of `back` too. */
export function poolScaledBack(
  x: usize, grad: usize, images: i32, height: i32, width: i32, scales: usize, shifts: usize, room: usize, back: usize,
): void {
  const inner = height * width;
  const windowBytes = (<usize>((height >> 1) * (width >> 1))) * FLOAT;
  for (let i = 0; i < images; i++, x += (<usize>inner) * FLOAT, grad += windowBytes) {
    rectifyScaled(x, inner, scales, shifts, room);
    poolBack(room, grad, 1, height, width, back);
    passPositive(room, back, back, quads(inner));
    back += (<usize>inner) * FLOAT;
    scales += DOUBLE;
    shifts += DOUBLE;
  }
}

function rectifyScaled(x: usize, inner: i32, scale: usize, shift: usize, room: usize): void {
  scaleLines(x, 1, inner, scale, shift, room);
  rectify(room, room, quads(inner));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function quads(count: i32): i32 {
  return (count + 3) >> 2;
}
