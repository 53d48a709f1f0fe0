import { InvalidInputError, show, showShape } from '../../errors/index.ts';

/** Lengths of a tensor's axes, outermost first; a scalar has none. Values lie row by row (C order). */
export type Shape = readonly number[];

/** How many values a shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * How many values a new tensor of a shape holds.
 *
 * @throws InvalidInputError unless every length is a whole number >= 0
 */
export function newSizeOf(shape: Shape): number {
  if (Array.isArray(shape) && shape.every(length => Number.isSafeInteger(length) && length >= 0)) return sizeOf(shape);
  const rule = 'the shape must be a list of whole numbers >= 0';
  throw new InvalidInputError({ action: 'make a tensor', rule, received: show(shape) });
}

/** Steps in memory from one index of an axis to the next. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

export function isSameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/**
 * The shape in which both broadcast: aligned at their last axes, a missing axis or one of length 1 is repeated.
 *
 * @throws InvalidInputError if two lengths differ and neither is 1
 */
export function broadcastShapes(action: string, a: Shape, b: Shape): Shape {
  if (isSameShape(a, b)) return a;
  const ndim = Math.max(a.length, b.length);
  return Array.from({ length: ndim }, (_, axis) => {
    const [m, n] = [a[axis - ndim + a.length] ?? 1, b[axis - ndim + b.length] ?? 1];
    if (m !== n && m !== 1 && n !== 1) {
      refuse(action, 'the shapes must be equal axis by axis from the last on, or 1 where they differ', a, b);
    }
    return m === 1 ? n : m;
  });
}

/**
 * An axis counted from the front; negative ones count from the back.
 *
 * @throws InvalidInputError if there is no such axis
 */
export function axisOf(action: string, axis: number, ndim: number): number {
  if (ndim === 0) throw new InvalidInputError({ action, rule: 'the tensor must have an axis', received: showShape() });
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) {
    const rule = `the axis must be a whole number from ${-ndim} to ${ndim - 1}`;
    throw new InvalidInputError({ action, rule, received: String(axis) });
  }
  return axis < 0 ? axis + ndim : axis;
}

/** {@link axisOf} for what a scalar can be reduced by: it has an axis 0 then, of length 1, as in torch. */
export function reducedAxisOf(action: string, axis: number, ndim: number): number {
  return axisOf(action, axis, Math.max(1, ndim));
}

/** A tensor seen from one axis: `outer` times `length` times `inner` values. */
export interface AxisView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export function alongAxis(shape: Shape, axis: number): AxisView {
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis] ?? 1, inner: sizeOf(shape.slice(axis + 1)) };
}

/** Throws the sentence about shapes that do not go together, which shows them all. */
export function refuse(action: string, rule: string, ...shapes: readonly Shape[]): never {
  throw new InvalidInputError({ action, rule, received: shapes.map(shape => showShape(...shape)).join(' and ') });
}
