import { addColumns } from '../column-sums/reference.ts';
import { passPositive, rectify } from '../elementwise/reference.ts';
import { multiplySingleInto } from '../matmul-single/index.ts';
import type { LinearGradients, LinearSize } from './sizes.ts';

/** y = x W' + b, each sum beginning with the bias. */
export function mapRows(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  { rows, inputs, outputs }: LinearSize,
  y: Float32Array,
): void {
  if (bias !== null) for (let row = 0; row < rows; row++) y.set(bias, row * outputs);
  const operands = { a: x, b: weight, bTransposed: true, c: y, isAdded: bias !== null };
  multiplySingleInto({ m: rows, n: outputs, k: inputs, ...operands });
}

/** {@link mapRows}, and 0 where that is below. */
export function mapRectified(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  size: LinearSize,
  y: Float32Array,
): void {
  mapRows(x, weight, bias, size, y);
  rectify(y, y);
}

/** {@link mapRowsBack} of the gradient where y > 0. */
export function mapRectifiedBack(
  grad: Float32Array,
  y: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  size: LinearSize,
  gradients: LinearGradients,
): void {
  const passed = new Float32Array(grad.length);
  passPositive(y, grad, passed);
  mapRowsBack(passed, x, weight, size, gradients);
}

/** With g the gradient of y: that of x is g W, that of W is g' x, and that of b the sum of the rows of g, taken in double. */
export function mapRowsBack(
  grad: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  { rows, inputs, outputs }: LinearSize,
  { ofX, ofWeight, ofBias }: LinearGradients,
): void {
  if (ofX !== null) multiplySingleInto({ m: rows, n: inputs, k: outputs, a: grad, b: weight, c: ofX });
  const outer = { m: outputs, n: inputs, k: rows, a: grad, aTransposed: true, b: x };
  if (ofWeight !== null) multiplySingleInto({ ...outer, c: ofWeight });
  if (ofBias !== null) {
    const totals = new Float64Array(outputs);
    addColumns(grad, totals);
    ofBias.set(totals);
  }
}
