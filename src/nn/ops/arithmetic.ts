/** Arithmetic of two tensors, element by element; shapes broadcast, and a number stands for a scalar tensor. */
import { InvalidInputError, show } from '../../errors/index.ts';
import { addInto, multiplyInto } from '../../kernels/index.ts';
import { broadcastShapes, deviceOf, type Operand, record, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { expandedValues, sumTo } from './expand.ts';

export type { Operand };

/** a + b. */
export function add(a: Operand, b: Operand): Tensor {
  const { x, y, out } = combine('add tensors', 'add', a, b, addInto);
  return recordPair(
    'add',
    out,
    x,
    y,
    [],
    grad => grad,
    grad => grad,
  );
}

/** a - b. */
export function sub(a: Operand, b: Operand): Tensor {
  const { x, y, out } = combine('subtract tensors', 'sub', a, b, (left, right, out) => {
    for (let i = 0; i < out.length; i++) out[i] = left[i]! - right[i]!;
  });
  return recordPair('sub', out, x, y, [], grad => grad, neg);
}

/** a b. */
export function mul(a: Operand, b: Operand): Tensor {
  const { x, y, out } = combine('multiply tensors', 'mul', a, b, multiplyInto);
  const gradX = (grad: Tensor, [, y]: Pair) => mul(grad, y);
  const gradY = (grad: Tensor, [x]: Pair) => mul(grad, x);
  return recordPair('mul', out, x, y, [x, y] as const, gradX, gradY);
}

/** a / b. */
export function div(a: Operand, b: Operand): Tensor {
  const { x, y, out } = combine('divide tensors', 'div', a, b, (left, right, out) => {
    for (let i = 0; i < out.length; i++) out[i] = left[i]! / right[i]!;
  });
  const gradX = (grad: Tensor, [, y]: Pair) => div(grad, y);
  const gradY = (grad: Tensor, [x, y]: Pair) => neg(div(mul(grad, x), mul(y, y)));
  return recordPair('div', out, x, y, [x, y] as const, gradX, gradY);
}

/** -x. */
export function neg(x: Tensor): Tensor {
  const y = x.device?.map('neg', [x]) ?? x.like(negated(x.data));
  return record('neg', y, [x], [], grad => [neg(grad)]);
}

function negated(values: Float32Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = -values[i]!;
  return out;
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
  const action = `take the ${name}`;
  const { x, y, out } = combine(action, name, a, b, (left, right, out) => {
    for (let i = 0; i < out.length; i++) {
      out[i] = sign > 0 ? Math.max(left[i]!, right[i]!) : Math.min(left[i]!, right[i]!);
    }
  });
  const { out: share } = combine(action, `${name}Share`, x, y, (left, right, out) => {
    for (let i = 0; i < out.length; i++) {
      out[i] = left[i] === right[i] ? 0.5 : Number(sign * left[i]! > sign * right[i]!);
    }
  });
  const gradX = (grad: Tensor, [share]: readonly [Tensor]) => mul(grad, share);
  const gradY = (grad: Tensor, [share]: readonly [Tensor]) => mul(grad, sub(1, share));
  return recordPair(name, out, x, y, [share] as const, gradX, gradY);
}

export function asTensor(x: Operand): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === 'number') return new Tensor(Float32Array.of(x), []);
  const rule = 'operands must be tensors or numbers';
  throw new InvalidInputError({ action: 'compute with tensors', rule, received: show(x) });
}

/** Both operands as tensors, and what comes of them in their common shape: by its name on a device, by `fill` here. */
export function combine(
  action: string,
  name: string,
  a: Operand,
  b: Operand,
  fill: (left: Float32Array, right: Float32Array, out: Float32Array) => void,
): { readonly x: Tensor; readonly y: Tensor; readonly out: Tensor } {
  const [x, y] = [asTensor(a), asTensor(b)];
  const device = deviceOf(action, x, y);
  const shape = broadcastShapes(action, x.shape, y.shape);
  if (device !== null) return { x, y, out: device.map(name, [x, y], shape) };
  const values = new Float32Array(sizeOf(shape));
  fill(expandedValues(x, shape), expandedValues(y, shape), values);
  return { x, y, out: new Tensor(values, shape) };
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
