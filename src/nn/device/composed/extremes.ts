import { alongAxis, type Device, record, type Shape, Tensor } from '../../tensor/index.ts';
import { winnerKernel } from '../place-kernels.ts';
import { FOLD } from '../sum-kernels.ts';

/** The largest or smallest values along an axis and their places, both in the given shape. */
export function extremes(device: Device, how: 'max' | 'min', x: Tensor, axis: number, shape: Shape) {
  const places = placesOf(device, how, x, axis);
  const length = x.shape[axis]!;
  const values = new Tensor(device.gather(x, axis, places).storage, shape);
  record(how, values, [x], [places], (grad, [places]) => [
    device.scatter(new Tensor(grad.storage, places.shape), axis, places, length),
  ]);
  return { values, indices: new Tensor(places.storage, shape) };
}

/** In as many passes as there are powers of `FOLD` in the axis. */
function placesOf(device: Device, how: 'max' | 'min', x: Tensor, axis: number): Tensor {
  const view = alongAxis(x.shape, axis);
  let candidates = view.length;
  let places: Tensor | null = null;
  do {
    const kernel = winnerKernel(how, view, candidates);
    candidates = Math.ceil(candidates / FOLD);
    places = device.run(kernel, places === null ? [x] : [x, places], [view.outer, candidates, view.inner]);
  } while (candidates > 1);
  return new Tensor(places.storage, x.shape.with(axis, 1));
}
