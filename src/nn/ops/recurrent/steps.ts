/** What the recurrences share: products with the recurrent weight, one step of the sequence at a time. */
import { multiplySingleInto } from '../../../kernels/index.ts';
import { refuse, type Shape, Tensor } from '../../tensor/index.ts';

/** Sizes of a recurrence of `gates` gates. */
export interface SequenceSize {
  readonly steps: number;
  readonly batch: number;
  readonly hidden: number;
  /** Gates times hidden. */
  readonly width: number;
}

/**
 * Checks what a recurrence takes.
 *
 * @param projected shape (T, B, gates H)
 * @param weight shape (gates H, H)
 * @param states each of shape (B, H)
 * @param shape that of the projection, where `projected` is still to be
 */
export function sequenceSize(
  name: string,
  projected: Tensor,
  weight: Tensor,
  states: readonly Tensor[],
  shape: Shape = projected.shape,
): SequenceSize {
  const action = `run ${name}`;
  const [steps, batch, width] = shape as [number, number, number];
  const [rows, hidden] = weight.shape as [number, number];
  if (projected.ndim !== 3 || rows !== width) {
    refuse(
      action,
      'the input must have three axes (T, B, in), and the weights as many rows',
      projected.shape,
      weight.shape,
    );
  }
  const odd = states.find(({ shape }) => shape.join() !== [batch, hidden].join());
  if (odd) refuse(action, `the first state must have shape (${batch}, ${hidden}) in each layer`, odd.shape);
  return { steps, batch, hidden, width };
}

/** out (B, width) += h (B, H) W': h and out are rows of longer arrays. */
export function addRecurrent(
  h: Float32Array,
  hAt: number,
  weight: Float32Array,
  { batch, hidden, width }: SequenceSize,
  out: Float32Array,
  outAt: number,
): void {
  const operands = { a: h, aOffset: hAt, b: weight, bTransposed: true, c: out, cOffset: outAt, isAdded: true };
  multiplySingleInto({ m: batch, n: width, k: hidden, ...operands });
}

/** dh (B, H) of the gradient of the gates (B, width): the transpose of {@link addRecurrent}. */
export function backRecurrent(
  grad: Float32Array,
  gradAt: number,
  weight: Float32Array,
  { batch, hidden, width }: SequenceSize,
  out: Float32Array,
  isAdded = false,
): void {
  multiplySingleInto({ m: batch, n: hidden, k: width, a: grad, aOffset: gradAt, b: weight, c: out, isAdded });
}

/** Gradient of the recurrent weight: the gates' gradients (T B, width) against the states before them (T B, H). */
export function weightGradient(grad: Float32Array, before: Float32Array, size: SequenceSize): Tensor {
  const { steps, batch, hidden, width } = size;
  const c = new Float32Array(width * hidden);
  multiplySingleInto({ m: width, n: hidden, k: steps * batch, a: grad, aTransposed: true, b: before, c });
  return new Tensor(c, [width, hidden]);
}

/** An array of states, the first one given, and room for one more at each step. */
export function statesFrom(first: Tensor, { steps, batch, hidden }: SequenceSize): Float32Array {
  const states = new Float32Array((steps + 1) * batch * hidden);
  states.set(first.data);
  return states;
}
