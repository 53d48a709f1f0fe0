import { UnsupportedError } from '../../../errors/index.ts';
import type { Rule, Slot } from '../../optimizers/index.ts';
import type { Tensor } from '../../tensor/index.ts';

/** A step of a rule on the device of the update. What the slot holds in the processor's memory is moved there first. */
export function step<S extends Slot, Settings extends Slot>(
  { stepOn }: Rule<S, Settings>,
  update: Tensor,
  slot: S,
  settings: Settings,
  parameter: Tensor,
): readonly [Tensor, S] {
  const device = update.device!;
  if (stepOn === undefined) {
    const received = `a parameter on ${device.name}`;
    throw new UnsupportedError({ action: 'step an optimizer', rule: 'each of its rules must know devices', received });
  }
  const moved = Object.entries(slot).map(([name, value]) => [
    name,
    value instanceof Float32Array ? device.place(value, parameter.shape) : value,
  ]);
  return stepOn(device, update, Object.fromEntries(moved), settings, parameter) as readonly [Tensor, Tensor & S];
}
