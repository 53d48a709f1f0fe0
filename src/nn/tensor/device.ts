/**
 * A device other than the processor: it computes on values that nobody can read at once. Shapes and the tape stay with
 * the processor; an operation on tensors of a device asks for the values of its result, and has a tensor at once.
 *
 * What stands here is all that operations know of devices.
 */
import { InvalidInputError, UnsupportedError } from '../../errors/index.ts';
import type { GpuKernel } from '../../kernels/gpu/index.ts';
import type { ConvolutionSize } from '../../kernels/index.ts';
import type * as composed from '../device/composed/index.ts';
import type { Shape } from './shape.ts';
import type { Tensor } from './tensor.ts';

/** Values in a device's memory, or on their way there. */
export interface DeviceValues {
  readonly device: Device;
  /** How many. */
  readonly size: number;
}

/** Which sides of a product are transposed. */
export interface Transposes {
  readonly aTransposed?: boolean;
  readonly bTransposed?: boolean;
}

/** Indices `start` to `start + length - 1` of an axis of length `whole`. */
export interface Part {
  readonly axis: number;
  readonly start: number;
  readonly length: number;
  readonly whole: number;
}

/** A tensor, or a number that stands for one of shape (). */
export type Operand = Tensor | number;

export interface Device {
  /** As messages show it: `webgpu`, say. */
  readonly name: string;
  /**
   * Operations made of those below, recorded where operations record: they come with the device, so that what runs on
   * the processor alone does not load them.
   */
  readonly composed: typeof composed;
  /** Frees what `body` makes, when it has ended, but what it returns and what somebody has become an owner of. */
  scope<T>(body: () => T | Promise<T>): Promise<T>;
  /** A copy of values of the processor's memory, owned by the caller. */
  upload(data: Float32Array): DeviceValues;
  /** The same as a tensor; like all tensors that follow, it belongs to the innermost open scope. */
  place(data: Float32Array, shape: Shape): Tensor;
  /** The values, once all that was asked for before is done. */
  download(values: DeviceValues): Promise<Float32Array>;
  /** Has `look` see the values of tensors once they are there; what it throws, the next reading of any tensor throws. */
  inspect(tensors: readonly Tensor[], look: (values: readonly Float32Array[]) => void): void;
  /** Counts one more owner of the values. */
  hold(values: DeviceValues): DeviceValues;
  /** Makes the caller the owner of what has just been made: no scope frees it. */
  adopt(values: DeviceValues): DeviceValues;
  /** Counts one owner less; values without one are freed once all that was asked for before is done. */
  letGo(values: DeviceValues): void;
  /** A kernel of one's own, the size of whose grid is that of the shape. */
  run(kernel: GpuKernel, operands: readonly Operand[], shape: Shape): Tensor;
  /** A function of numbers by its name, element by element; the operands broadcast to the shape, by default their common one. */
  map(name: string, operands: readonly Operand[], shape?: Shape): Tensor;
  /** The sum or the largest of what lies on one place of a shape that broadcasts to that of x. */
  fold(how: 'sum' | 'max', x: Tensor, shape: Shape): Tensor;
  /** Products of the matrices in the last two axes; the axes before them broadcast. */
  product(a: Tensor, b: Tensor, transposes?: Transposes): Tensor;
  /** Axis i of the result is axis `order[i]` of x. */
  permute(x: Tensor, order: readonly number[]): Tensor;
  /** A part along an axis. */
  cut(x: Tensor, part: Part): Tensor;
  /** The transpose of {@link cut}: zeros around the part. */
  pad(x: Tensor, part: Part): Tensor;
  /** y[i][j] = x[indices[i][j]][j] for axis 0; the shapes of x and the indices differ along the axis alone. */
  gather(x: Tensor, axis: number, indices: Tensor): Tensor;
  /** The transpose of {@link gather}: sums by index, in an axis of the given length. */
  scatter(x: Tensor, axis: number, indices: Tensor, length: number): Tensor;
  convolve(x: Tensor, weight: Tensor, size: ConvolutionSize): Tensor;
  /** The gradient of {@link convolve} in x. */
  convolveBack(grad: Tensor, weight: Tensor, size: ConvolutionSize): Tensor;
  /** The gradient of {@link convolve} in the weight. */
  correlate(x: Tensor, grad: Tensor, size: ConvolutionSize): Tensor;
}

/**
 * Where the tensors of one operation lie; null for the processor's memory. A tensor without axes in that memory is but a
 * number, which goes with tensors of any device.
 *
 * @throws InvalidInputError if they lie on different devices
 */
export function deviceOf(action: string, ...tensors: readonly Tensor[]): Device | null {
  let device: Device | null | undefined;
  for (const tensor of tensors) {
    if (isNumber(tensor)) continue;
    if (device === undefined) ({ device } = tensor);
    else if (device !== tensor.device) refuseDistance(action, device, tensor.device);
  }
  return device ?? null;
}

function refuseDistance(action: string, first: Device | null, second: Device | null): never {
  throw new InvalidInputError({
    action,
    rule: 'the tensors must lie on one device',
    received: `one on ${nameOf(first)} and one on ${nameOf(second)}`,
    repair: 'move them with to(device) or toCpu()',
  });
}

/**
 * Refuses what an operation can do in the processor's memory alone.
 *
 * @throws UnsupportedError for a tensor on a device
 */
export function demandProcessor(action: string, ...tensors: readonly Tensor[]): void {
  const odd = tensors.find(({ device }) => device !== null);
  if (odd === undefined) return;
  throw new UnsupportedError({
    action,
    rule: 'it needs a tensor in the memory of the processor',
    received: `one on ${nameOf(odd.device)}`,
    repair: 'await its toCpu()',
  });
}

/**
 * A copy on a device of data that may be class numbers or indices: the processor still reads what it was copied from. A
 * number stays where it is.
 */
export function copyOfData(device: Device, x: Tensor): Tensor {
  if (x.device !== null || isNumber(x)) return x;
  const copy = x.to(device);
  copy.storage.original = x.data.slice();
  return copy;
}

/**
 * A tensor as the processor reads it: itself, or on a device what {@link copyOfData} has kept of it.
 *
 * @throws UnsupportedError for what was computed on a device
 */
export function inMemory(action: string, x: Tensor): Tensor {
  if (x.device === null) return x;
  const { original } = x.storage;
  if (original === undefined) demandProcessor(action, x);
  return x.like(original!);
}

/** A constant of the processor's memory, copied to where x lies. */
export function beside({ device }: Tensor, constant: Tensor): Tensor {
  return device === null ? constant : constant.to(device);
}

/** Whether a tensor stands for a number on any device. */
function isNumber({ shape, device, requiresGrad }: Tensor): boolean {
  return shape.length === 0 && device === null && !requiresGrad;
}

function nameOf(device: Device | null): string {
  return device?.name ?? 'the processor';
}
