/**
 * The largest values of windows of 2 x 2 side by side. Of equal ones the first counts, read line by line, and a NaN is
 * above everything before it.
 */

/** Sizes of one image; a last odd line or column belongs to no window. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** y (images, height / 2, width / 2) of x (images, height, width), rounded down. */
export function poolByFour(x: Float32Array, size: ImageSize, y: Float32Array): void {
  forEachWindow(x, size, y.length, (at, place) => {
    y[at] = x[place]!;
  });
}

/** The gradient of x: that of y where the largest value stood, and 0 elsewhere. */
export function poolByFourBack(x: Float32Array, grad: Float32Array, size: ImageSize, back: Float32Array): void {
  back.fill(0);
  forEachWindow(x, size, grad.length, (at, place) => {
    back[place] = grad[at]!;
  });
}

function forEachWindow(
  x: Float32Array,
  { height, width }: ImageSize,
  windows: number,
  visit: (at: number, place: number) => void,
): void {
  const [lines, line] = [height >> 1, width >> 1];
  for (let at = 0; at < windows; at++) {
    const row = Math.floor(at / line);
    const corner = (Math.floor(row / lines) * height + 2 * (row % lines)) * width + 2 * (at % line);
    let best = corner;
    for (const place of [corner + 1, corner + width, corner + width + 1]) {
      if (x[place]! > x[best]! || Number.isNaN(x[place]!)) best = place;
    }
    visit(at, best);
  }
}
