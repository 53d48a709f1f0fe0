/** What convolutions put around their input: torch's `padding` by name, and its `padding_mode`. */
import { either, oneOf, type Rule } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { cat, indexSelect } from '../ops/index.ts';
import { beside, refuse, type Tensor, tensor, zeros } from '../tensor/index.ts';

/** Places before and after an axis. */
export type Border = readonly [before: number, after: number];

/** So many on each side; `'same'` for as many as keep the size, `'valid'` for none. */
export type Named<Size> = Size | 'same' | 'valid';

export function namedPadding<Size>(sizes: Rule<Size>): Rule<Named<Size>> {
  return either<Size, 'same' | 'valid'>(sizes, oneOf(['same', 'valid'], { default: 'valid' }));
}

/** What stands in the border: zeros, the mirrored values, the last one, or those of the other end. */
export function borderMode() {
  return oneOf(['zeros', 'reflect', 'replicate', 'circular'], { default: 'zeros' });
}

export type BorderMode = ReturnType<typeof borderMode> extends Rule<infer Mode> ? Mode : never;

interface AxisSizes {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * The border along each axis. Where `'same'` cannot be even, the greater part comes behind, as in torch.
 *
 * @throws InvalidParamError on `'same'` with a stride
 */
export function bordersOf(
  owner: string,
  padding: Named<readonly number[]>,
  axes: readonly AxisSizes[],
): readonly Border[] {
  return axes.map(({ kernel, stride, dilation }, i) => {
    if (padding === 'valid') return [0, 0];
    if (padding !== 'same') return [padding[i]!, padding[i]!];
    if (stride !== 1) {
      const rule = "stride must be 1 where padding is 'same'";
      throw new InvalidParamError({ action: `make ${owner}`, rule, received: show(stride) });
    }
    const whole = dilation * (kernel - 1);
    return [Math.floor(whole / 2), Math.ceil(whole / 2)];
  });
}

/** Whether a convolution itself can put zeros there. */
export function isPlain(borders: readonly Border[], mode: BorderMode): boolean {
  return mode === 'zeros' && borders.every(([before, after]) => before === after);
}

/**
 * x with borders along its last axes.
 *
 * @throws InvalidInputError if an axis is too short for what shall be mirrored or repeated
 */
export function withBorders(x: Tensor, borders: readonly Border[], mode: BorderMode): Tensor {
  const first = x.ndim - borders.length;
  return borders.reduce((padded, border, i) => bordered(padded, first + i, border, mode), x);
}

function bordered(x: Tensor, axis: number, [before, after]: Border, mode: BorderMode): Tensor {
  if (before === 0 && after === 0) return x;
  const length = x.shape[axis]!;
  if (mode === 'zeros') {
    const border = (count: number) => (count === 0 ? [] : [beside(x, zeros(x.shape.with(axis, count)))]);
    return cat([...border(before), x, ...border(after)], axis);
  }
  const most = { reflect: length - 1, replicate: length === 0 ? 0 : Infinity, circular: length }[mode];
  if (Math.max(before, after) > most) {
    refuse('convolve', `paddingMode '${mode}' gives axis ${axis} a border of ${most} at most`, x.shape);
  }
  const places = Array.from({ length: before + length + after }, (_, i) => SOURCES[mode](i - before, length));
  return indexSelect(x, axis, tensor(places));
}

const SOURCES = {
  reflect: (i: number, length: number) => (i < 0 ? -i : i < length ? i : 2 * length - 2 - i),
  replicate: (i: number, length: number) => Math.min(Math.max(i, 0), length - 1),
  circular: (i: number, length: number) => (i + length) % length,
} as const;
