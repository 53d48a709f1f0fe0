import { softmaxRowsBackInto, softmaxRowsInto } from '../../kernels/index.ts';
import { type AxisView, alongAxis, record, reducedAxisOf, type Tensor } from '../tensor/index.ts';

/**
 * exp(x) over its sum along an axis; the maximum is taken off first, so that nothing overflows.
 *
 * @returns the shape of x, positive, summing to 1 along the axis
 *
 * @example
 * import { softmax, tensor } from 'fitwise/nn';
 * softmax(tensor([0, 0])).toArray(); // [0.5, 0.5]
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  const along = reducedAxisOf('compute softmax', axis, x.ndim);
  if (x.device !== null) return x.device.composed.softmax(x.device, x, along);
  const view = alongAxis(x.shape, along);
  const out = new Float32Array(x.size);
  if (view.inner === 1) softmaxRowsInto(x.data, view.length, out);
  else forEachLine(view, (start, step, end) => softmaxLine(x.data, start, step, end, out));
  const y = x.like(out);
  return record('softmax', y, [x], [y], (grad, [y]) => {
    const back = new Float32Array(grad.size);
    if (view.inner === 1) softmaxRowsBackInto(grad.data, y.data, view.length, back);
    else forEachLine(view, (start, step, end) => backLine(grad.data, y.data, start, step, end, back));
    return [grad.like(back)];
  });
}

function softmaxLine(x: Float32Array, start: number, step: number, end: number, out: Float32Array): void {
  const top = highest(x, start, step, end);
  let total = 0;
  for (let at = start; at < end; at += step) {
    const value = Math.exp(x[at]! - top);
    out[at] = value;
    total += value;
  }
  for (let at = start; at < end; at += step) out[at]! /= total;
}

/** With y the softmax and g its gradient: y (g - sum(g y)). */
function backLine(
  grad: Float32Array,
  y: Float32Array,
  start: number,
  step: number,
  end: number,
  back: Float32Array,
): void {
  let dot = 0;
  for (let at = start; at < end; at += step) dot += grad[at]! * y[at]!;
  for (let at = start; at < end; at += step) back[at] = y[at]! * (grad[at]! - dot);
}

/** x - log(sum(exp(x))) along an axis: the logarithm of {@link softmax}, without its underflow. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const along = reducedAxisOf('compute logSoftmax', axis, x.ndim);
  if (x.device !== null) return x.device.composed.logSoftmax(x.device, x, along);
  const view = alongAxis(x.shape, along);
  const out = new Float32Array(x.size);
  forEachLine(view, (start, step, end) => {
    const top = highest(x.data, start, step, end);
    let total = 0;
    for (let at = start; at < end; at += step) total += Math.exp(x.data[at]! - top);
    const shift = top + Math.log(total);
    for (let at = start; at < end; at += step) out[at] = x.data[at]! - shift;
  });
  const y = x.like(out);
  return record('logSoftmax', y, [x], [y], (grad, [y]) => {
    const back = new Float32Array(grad.size);
    forEachLine(view, (start, step, end) => {
      let total = 0;
      for (let at = start; at < end; at += step) total += grad.data[at]!;
      for (let at = start; at < end; at += step) back[at] = grad.data[at]! - Math.exp(y.data[at]!) * total;
    });
    return [grad.like(back)];
  });
}

/** Visits each line of values along an axis. */
function forEachLine(
  { outer, length, inner }: AxisView,
  visit: (start: number, step: number, end: number) => void,
): void {
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      const start = i * length * inner + j;
      visit(start, inner, start + length * inner);
    }
  }
}

function highest(data: Float32Array, start: number, step: number, end: number): number {
  let top = -Infinity;
  for (let at = start; at < end; at += step) if (data[at]! > top) top = data[at]!;
  return top;
}
