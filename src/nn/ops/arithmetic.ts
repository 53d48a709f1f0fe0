/** Arithmetic of two tensors, element by element; shapes broadcast, and a number stands for a scalar tensor. */
import { addInto, multiplyInto } from '../../kernels/index.ts';
import { broadcastShapes, record, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { expandedValues, sumTo } from './expand.ts';

/** A tensor, or a number that stands for one of shape (). */
export type Operand = Tensor | number;

/** a + b. */
export function add(a: Operand, b: Operand): Tensor {
  const { x, y, left, right, shape, out } = aligned('add tensors', a, b);
  addInto(left, right, out);
  return recordPair(
    'add',
    new Tensor(out, shape),
    x,
    y,
    [],
    grad => grad,
    grad => grad,
  );
}

/** a - b. */
export function sub(a: Operand, b: Operand): Tensor {
  const { x, y, left, right, shape, out } = aligned('subtract tensors', a, b);
  for (let i = 0; i < out.length; i++) out[i] = left[i]! - right[i]!;
  return recordPair('sub', new Tensor(out, shape), x, y, [], grad => grad, neg);
}

/** a b. */
export function mul(a: Operand, b: Operand): Tensor {
  const { x, y, left, right, shape, out } = aligned('multiply tensors', a, b);
  multiplyInto(left, right, out);
  const gradX = (grad: Tensor, [, y]: Pair) => mul(grad, y);
  const gradY = (grad: Tensor, [x]: Pair) => mul(grad, x);
  return recordPair('mul', new Tensor(out, shape), x, y, [x, y] as const, gradX, gradY);
}

/** a / b. */
export function div(a: Operand, b: Operand): Tensor {
  const { x, y, left, right, shape, out } = aligned('divide tensors', a, b);
  for (let i = 0; i < out.length; i++) out[i] = left[i]! / right[i]!;
  const gradX = (grad: Tensor, [, y]: Pair) => div(grad, y);
  const gradY = (grad: Tensor, [x, y]: Pair) => neg(div(mul(grad, x), mul(y, y)));
  return recordPair('div', new Tensor(out, shape), x, y, [x, y] as const, gradX, gradY);
}

/** -x. */
export function neg(x: Tensor): Tensor {
  const out = new Float32Array(x.size);
  for (let i = 0; i < out.length; i++) out[i] = -x.data[i]!;
  return record('neg', x.like(out), [x], [], grad => [neg(grad)]);
}

/** The larger of a and b; where they are equal, each gets half of the gradient. */
export function maximum(a: Operand, b: Operand): Tensor {
  return extreme('maximum', a, b, 1);
}

/** The smaller of a and b; where they are equal, each gets half of the gradient. */
export function minimum(a: Operand, b: Operand): Tensor {
  return extreme('minimum', a, b, -1);
}

type Pair = readonly [Tensor, Tensor];

function extreme(name: string, a: Operand, b: Operand, sign: 1 | -1): Tensor {
  const { x, y, left, right, shape, out } = aligned(`take the ${name}`, a, b);
  const shares = new Float32Array(out.length);
  for (let i = 0; i < out.length; i++) {
    const [p, q] = [left[i]!, right[i]!];
    out[i] = sign > 0 ? Math.max(p, q) : Math.min(p, q);
    shares[i] = p === q ? 0.5 : Number(sign * p > sign * q);
  }
  const share = new Tensor(shares, shape);
  const gradX = (grad: Tensor, [share]: readonly [Tensor]) => mul(grad, share);
  const gradY = (grad: Tensor, [share]: readonly [Tensor]) => mul(grad, sub(1, share));
  return recordPair(name, new Tensor(out, shape), x, y, [share] as const, gradX, gradY);
}

export function asTensor(x: Operand): Tensor {
  return typeof x === 'number' ? new Tensor(Float32Array.of(x), []) : x;
}

/** Both operands as they lie in their common shape, and room for the result. */
export function aligned(action: string, a: Operand, b: Operand) {
  const [x, y] = [asTensor(a), asTensor(b)];
  const shape = broadcastShapes(action, x.shape, y.shape);
  const [left, right] = [expandedValues(x, shape), expandedValues(y, shape)];
  return { x, y, left, right, shape, out: new Float32Array(sizeOf(shape)) };
}

/** Records an operation of two broadcast operands by its gradient in each, in the common shape. */
function recordPair<const Saved extends readonly Tensor[]>(
  name: string,
  out: Tensor,
  x: Tensor,
  y: Tensor,
  saves: Saved,
  gradX: (grad: Tensor, saved: Saved) => Tensor,
  gradY: (grad: Tensor, saved: Saved) => Tensor,
): Tensor {
  const [shapeX, shapeY]: [Shape, Shape] = [x.shape, y.shape];
  return record(name, out, [x, y], saves, (grad, saved, [needsX, needsY]) => [
    needsX ? sumTo(gradX(grad, saved), shapeX) : null,
    needsY ? sumTo(gradY(grad, saved), shapeY) : null,
  ]);
}
