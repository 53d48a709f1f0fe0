import { isSameShape, refuse, type Tensor } from '../tensor/index.ts';

/** Refuses a prediction and a target of different shapes: broadcasting them is hardly ever meant. */
export function checkTarget(action: string, input: Tensor, target: Tensor): void {
  if (!isSameShape(input.shape, target.shape)) {
    refuse(action, 'input and target must have the same shape', input.shape, target.shape);
  }
}
