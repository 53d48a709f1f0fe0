import { InvalidInputError, show } from '../../errors/index.ts';
import { Tensor } from './tensor.ts';

/** @throws InvalidInputError on what is no tensor: a list, say, that nobody has made one of */
export function checkTensor(action: string, name: string, value: unknown): asserts value is Tensor {
  if (value instanceof Tensor) return;
  const rule = `${name} must be a tensor`;
  throw new InvalidInputError({ action, rule, received: show(value), repair: 'make one with tensor(...)' });
}
