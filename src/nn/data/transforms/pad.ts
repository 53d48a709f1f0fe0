import { checkParam, checkParams, type OptionsOf, oneOf, type Rule, value } from '../../../check/index.ts';
import { InvalidInputError, showShape } from '../../../errors/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { fillRule, sizeOfImage } from './image.ts';
import { OUTSIDE, takePixels } from './take-pixels.ts';

/** Pixels on every side, or on the left, at the top, on the right and at the bottom. */
export type Padding = number | readonly [left: number, top: number, right: number, bottom: number];

export function paddingRule(): Rule<Padding> {
  return value<Padding>({
    default: 0,
    expected: 'a whole number >= 0, or four of them',
    accepts: given => {
      const sides = Array.isArray(given) ? (given as unknown[]) : [given, given, given, given];
      return sides.length === 4 && sides.every(side => Number.isSafeInteger(side) && (side as number) >= 0);
    },
  });
}

export const borderSpec = {
  /** What a constant border holds: one value, or one for each channel. */
  fill: fillRule(),
  /** `edge` repeats the last pixel; `reflect` mirrors without repeating it, `symmetric` repeats it too. */
  paddingMode: oneOf(['constant', 'edge', 'reflect', 'symmetric'], { default: 'constant' }),
};

export type PadOptions = OptionsOf<typeof borderSpec>;
export type PaddingMode = NonNullable<PadOptions['paddingMode']>;

/**
 * A border round an image (torchvision's `Pad`).
 *
 * @param padding pixels on every side, or `[left, top, right, bottom]`
 * @returns a transform from shape (C, H, W) to (C, top + H + bottom, left + W + right)
 * @throws InvalidParamError on a wrong option. The transform throws InvalidInputError where an image has fewer rows or
 * columns than are to be mirrored
 *
 * @example
 * import { pad, tensor } from 'fitwise/nn';
 * pad([2, 0, 1, 0], { paddingMode: 'reflect' })(tensor([[[1, 2, 3]]])).toArray(); // [[[3, 2, 1, 2, 3, 2]]]
 */
export function pad(padding: Padding, options: PadOptions = {}): (image: Tensor) => Tensor {
  const { fill, paddingMode } = checkParams('pad', borderSpec, options);
  const [left, top, right, bottom] = sidesOf(checkParam('pad', 'padding', paddingRule(), padding));
  return image => {
    const action = 'pad an image';
    const { height, width } = sizeOfImage(action, image);
    const rows = withBorder(action, height, top, bottom, paddingMode);
    return takePixels(action, image, rows, withBorder(action, width, left, right, paddingMode), fill);
  };
}

export function sidesOf(padding: Padding): readonly [left: number, top: number, right: number, bottom: number] {
  return typeof padding === 'number' ? [padding, padding, padding, padding] : padding;
}

const SOURCES: Readonly<Record<PaddingMode, (i: number, length: number) => number>> = {
  constant: (i, length) => (i >= 0 && i < length ? i : OUTSIDE),
  edge: (i, length) => Math.min(Math.max(i, 0), length - 1),
  reflect: (i, length) => (i < 0 ? -i : i < length ? i : 2 * length - 2 - i),
  symmetric: (i, length) => (i < 0 ? -1 - i : i < length ? i : 2 * length - 1 - i),
};

/** How many pixels may be mirrored. */
const MOST: Readonly<Record<PaddingMode, (length: number) => number>> = {
  constant: () => Number.POSITIVE_INFINITY,
  edge: () => Number.POSITIVE_INFINITY,
  reflect: length => length - 1,
  symmetric: length => length,
};

/** Where each row, or column, of an image with a border comes from. */
export function withBorder(
  action: string,
  length: number,
  before: number,
  after: number,
  mode: PaddingMode,
): Int32Array {
  const most = MOST[mode](length);
  if (before > most || after > most) {
    const rule = `padding must be at most ${most} where ${length} pixels are mirrored by '${mode}'`;
    throw new InvalidInputError({ action, rule, received: showShape(before, after) });
  }
  return Int32Array.from({ length: before + length + after }, (_, i) => SOURCES[mode](i - before, length));
}
