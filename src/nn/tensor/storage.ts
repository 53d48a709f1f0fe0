import { UnsupportedError } from '../../errors/index.ts';
import type { Device, DeviceValues } from './device.ts';
import type { Tensor } from './tensor.ts';

/** Shared by the views of one piece of memory. The values lie in `data`, or on a device: one of the two is null. */
export interface Storage {
  /** Counts the changes in place; apart from the values, which nobody must keep alive to know of changes. */
  readonly changes: { count: number };
  data: Float32Array | null;
  values: DeviceValues | null;
  /** What values on a device were copied from, where that was kept, while they are the same. */
  original?: Float32Array | undefined;
}

export function storageOf(data: Float32Array): Storage {
  return { changes: { count: 0 }, data, values: null };
}

/** @throws UnsupportedError for values on a device */
export function dataOf({ data, values }: Storage): Float32Array {
  if (data !== null) return data;
  throw new UnsupportedError({
    action: 'read the values of a tensor',
    rule: 'it must lie in the memory of the processor',
    received: `a tensor on ${values!.device.name}`,
    repair: 'await its toCpu()',
  });
}

/** @throws UnsupportedError if a gradient would have to come back, or if the values lie on another device */
export function copyTo(device: Device, { storage, shape }: Tensor, needsGradient: boolean): Tensor {
  if (!needsGradient) return device.place(dataOf(storage), shape);
  throw new UnsupportedError({
    action: 'move a tensor',
    rule: 'gradients must not flow from one device to another',
    received: 'a tensor that requires a gradient',
    repair: 'detach it first, or use noGrad',
  });
}

/** Takes on the values of another storage, wherever these lie. */
export function overwrite(own: Storage, other: Storage): void {
  if (own.values === null) {
    dataOf(own).set(dataOf(other));
    return;
  }
  const { device } = own.values;
  const next = other.values?.device === device ? device.hold(other.values) : device.upload(dataOf(other));
  device.letGo(own.values);
  own.values = next;
  own.original = undefined;
}

/** Moves values to a device, or takes those that have come from there. */
export function moveStorage(storage: Storage, to: Device | Float32Array): void {
  const before = storage.values;
  storage.values = to instanceof Float32Array ? null : to.upload(dataOf(storage));
  storage.data = to instanceof Float32Array ? to : null;
  storage.original = undefined;
  before?.device.letGo(before);
}
