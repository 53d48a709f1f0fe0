/** A GPU as a device of tensors: for each operation the kernel, and the shape of its result. */
import { assert } from '../../errors/index.ts';
import type { GpuKernel } from '../../kernels/gpu/index.ts';
import type { ConvolutionSize } from '../../kernels/index.ts';
import {
  broadcastShapes,
  type Device,
  type DeviceValues,
  type Operand,
  type Part,
  type Shape,
  sizeOf,
  stridesOf,
  Tensor,
  type Transposes,
} from '../tensor/index.ts';
import * as composed from './composed/index.ts';
import { GpuMemory, type TensorGpu } from './gpu-memory.ts';
import type { GpuValues } from './gpu-values.ts';
import { copyKernel, cutKernel, gatherKernel, mapKernel, padKernel } from './kernels.ts';
import { mapSource } from './maps.ts';
import { Scopes } from './scopes.ts';
import {
  convolveBackKernel,
  convolveKernel,
  correlateKernel,
  FOLD,
  foldKernel,
  productKernel,
  scatterKernel,
} from './sum-kernels.ts';

/** Maps whose kernels are remembered; where shapes change from batch to batch, beyond this all are forgotten. */
const MOST_MAPS = 4096;

/**
 * A GPU for tensors: see {@link openGpu}.
 *
 * Tensors on it have shapes and gradients like all others; their values are computed in the order in which they were
 * asked for, and wait for nobody until they are read with `await x.toCpu()`. An operation that fails on the device (one
 * that was lost, say) makes that reading fail, and nothing before it.
 *
 * Numbers are single precision throughout, sums too: they differ from the processor's in the last digits. Drivers flush
 * numbers below 2^-126 to zero and do as they like with NaN and infinite values.
 */
export class GpuDevice implements Device {
  readonly name: string;
  readonly composed = composed;
  readonly #memory: GpuMemory;
  readonly #scopes = new Scopes();
  /** What maps have run so far: a step like one before builds no sources. */
  readonly #maps = new Map<string, GpuKernel>();

  constructor(gpu: TensorGpu, name: string) {
    this.name = name;
    this.#memory = new GpuMemory(gpu, this);
  }

  /** How many pieces of memory the GPU holds, once what was asked for so far is done. */
  residents(): Promise<number> {
    return this.#memory.residents();
  }

  /**
   * Runs `body`, and frees all tensors that were made on the GPU meanwhile but those that it returns (alone, in lists or
   * in records). Parameters, buffers and what optimizers remember outlive every scope. Outside of scopes nothing is
   * freed, so that every step of a training belongs in one; what is to outlive it should be returned or read in it.
   *
   * @param body may return a promise; then the scope ends with it
   * @throws InvalidInputError if the scope ends before another one that was opened in it
   *
   * @example
   * import { openGpu, tensor } from 'fitwise/nn';
   * const gpu = await openGpu().catch(() => null); // null where there is none
   * const sum = await gpu?.scope(() => tensor([1, 2]).to(gpu).toCpu());
   */
  scope<T>(body: () => T | Promise<T>): Promise<T> {
    return this.#scopes.run(body, values => this.letGo(values));
  }

  /** Frees a tensor that no scope will free, and its views. */
  free({ device, storage }: Tensor): void {
    if (device === this) this.letGo(this.adopt(storage.values!));
  }

  upload(data: Float32Array): DeviceValues {
    return this.#memory.upload(data);
  }

  place(data: Float32Array, shape: Shape): Tensor {
    return this.#scoped(this.#memory.upload(data), shape);
  }

  download(values: DeviceValues): Promise<Float32Array> {
    return this.#memory.read(values as GpuValues);
  }

  inspect(tensors: readonly Tensor[], look: (values: readonly Float32Array[]) => void): void {
    const given = tensors.map(({ storage }) => storage.values as GpuValues);
    this.#memory.inspect(given, look);
  }

  hold(values: DeviceValues): DeviceValues {
    (values as GpuValues).owners++;
    return values;
  }

  adopt(values: DeviceValues): DeviceValues {
    this.#scopes.remove(values as GpuValues);
    return values;
  }

  letGo(values: DeviceValues): void {
    this.#memory.letGo(values as GpuValues);
  }

  map(name: string, operands: readonly Operand[], shape: Shape = commonShape(operands)): Tensor {
    const given = operands.map(numberOf);
    const shapes = given.map(operand => (typeof operand === 'number' ? null : operand.shape));
    return this.run(this.#mapKernel(name, shapes, shape), given, shape);
  }

  fold(how: 'sum' | 'max', x: Tensor, shape: Shape): Tensor {
    const isKept = x.shape.map((length, axis) => shape[axis - x.ndim + shape.length] === length);
    let lengths = [...x.shape];
    let folded = x;
    for (let axis = x.ndim - 1; axis >= 0; axis--) {
      if (isKept[axis]) continue;
      let first = axis;
      while (first > 0 && !isKept[first - 1]) first--;
      folded = this.#foldAxes(how, folded, lengths, first, axis);
      lengths = lengths.map((length, i) => (i >= first && i <= axis ? 1 : length));
      axis = first;
    }
    return new Tensor(folded.storage, shape);
  }

  product(a: Tensor, b: Tensor, transposes: Transposes = {}): Tensor {
    const batch = broadcastShapes('multiply matrices', a.shape.slice(0, -2), b.shape.slice(0, -2));
    const [left, right] = [this.#inBatch(a, batch), this.#inBatch(b, batch)];
    const [m, k] = transposes.aTransposed ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
    const n = transposes.bTransposed ? b.shape.at(-2)! : b.shape.at(-1)!;
    const size = { batch: sizeOf(batch), m, n, k, aIsOne: left.size === m * k, bIsOne: right.size === k * n };
    return this.run(productKernel(size, transposes), [left, right], [...batch, m, n]);
  }

  permute(x: Tensor, order: readonly number[]): Tensor {
    const steps = stridesOf(x.shape);
    const shape = order.map(axis => x.shape[axis]!);
    return this.run(
      copyKernel(
        shape,
        order.map(axis => steps[axis]!),
      ),
      [x, 0],
      shape,
    );
  }

  cut(x: Tensor, part: Part): Tensor {
    return this.run(
      cutKernel(x.shape, part),
      [x, part.start * stridesOf(x.shape)[part.axis]!],
      x.shape.with(part.axis, part.length),
    );
  }

  pad(x: Tensor, part: Part): Tensor {
    return this.run(padKernel(x.shape, part), [x, part.start], x.shape.with(part.axis, part.whole));
  }

  gather(x: Tensor, axis: number, indices: Tensor): Tensor {
    return this.run(gatherKernel(x.shape, axis, indices.shape[axis]!), [x, indices], indices.shape);
  }

  scatter(grad: Tensor, axis: number, indices: Tensor, length: number): Tensor {
    const shape = indices.shape.with(axis, length);
    return this.run(scatterKernel(indices.shape, axis, length), [grad, indices], shape);
  }

  convolve(x: Tensor, weight: Tensor, size: ConvolutionSize): Tensor {
    return this.run(convolveKernel(size), [x, weight], [size.images, size.outChannels, ...size.output]);
  }

  convolveBack(grad: Tensor, weight: Tensor, size: ConvolutionSize): Tensor {
    return this.run(convolveBackKernel(size), [grad, weight], [size.images, size.channels, ...size.input]);
  }

  correlate(x: Tensor, grad: Tensor, size: ConvolutionSize): Tensor {
    const shape = [size.outChannels, size.channels / size.groups, ...size.kernel];
    const byImage = this.run(correlateKernel(size), [x, grad], [size.images, ...shape]);
    return new Tensor(this.fold('sum', byImage, [1, ...shape]).storage, shape);
  }

  /** Folds axes that lie one behind the other. */
  #foldAxes(how: 'sum' | 'max', x: Tensor, lengths: Shape, first: number, last: number): Tensor {
    const [outer, inner] = [sizeOf(lengths.slice(0, first)), sizeOf(lengths.slice(last + 1))];
    let length = sizeOf(lengths.slice(first, last + 1));
    let folded = x;
    while (length > 1) {
      const parts = Math.ceil(length / FOLD);
      folded = this.run(foldKernel(how, outer, length, inner), [folded], [outer * parts * inner]);
      length = parts;
    }
    return folded;
  }

  /** Matrices one for each of the batch, or one for all. */
  #inBatch(x: Tensor, batch: Shape): Tensor {
    const own = x.shape.slice(0, -2);
    if (sizeOf(own) === 1 || sizeOf(own) === sizeOf(batch)) return x;
    return this.map('copy', [x], [...batch, ...x.shape.slice(-2)]);
  }

  #mapKernel(name: string, operands: readonly (Shape | null)[], shape: Shape): GpuKernel {
    const key = `${name}|${operands.map(operand => operand ?? 'number').join('|')}|${shape}`;
    const known = this.#maps.get(key);
    if (known !== undefined) return known;
    const expression = mapSource(name);
    assert(expression !== undefined, `${name} has an expression for devices`);
    if (this.#maps.size === MOST_MAPS) this.#maps.clear();
    const kernel = mapKernel(expression, operands, shape);
    this.#maps.set(key, kernel);
    return kernel;
  }

  run(kernel: GpuKernel, operands: readonly Operand[], shape: Shape): Tensor {
    const given = operands.map(operand =>
      typeof operand === 'number' ? operand : (operand.storage.values as GpuValues),
    );
    return this.#scoped(this.#memory.compute(kernel, given, sizeOf(shape)), shape);
  }

  #scoped(values: GpuValues, shape: Shape): Tensor {
    this.#scopes.add(values);
    return new Tensor({ changes: { count: 0 }, data: null, values }, shape);
  }
}

function commonShape(operands: readonly Operand[]): Shape {
  return operands.reduce<Shape>(
    (shape, operand) =>
      typeof operand === 'number' ? shape : broadcastShapes('combine tensors', shape, operand.shape),
    [],
  );
}

/** A tensor without axes in the processor's memory stands for its number. */
function numberOf(operand: Operand): Operand {
  return operand instanceof Tensor && operand.device === null ? operand.item() : operand;
}
