import { assert, InvalidInputError, showShape } from '../../errors/index.ts';
import { beside, type Device, deviceOf } from './device.ts';
import { isSameShape, newSizeOf, refuse, type Shape, sizeOf } from './shape.ts';
import { copyTo, dataOf, moveStorage, overwrite, type Storage, storageOf } from './storage.ts';
import { backpropagate, isRecording, leafNode, type Node, noGrad } from './tape.ts';

export interface TensorOptions {
  /** Whether `backward` computes a gradient for it. Default false. */
  readonly requiresGrad?: boolean;
}

export interface BackwardOptions {
  /** Gradient of the tensor itself; may be left out where it holds one value, for 1. */
  readonly grad?: Tensor;
  /** Keep the tape for another pass. Default false. */
  readonly retainGraph?: boolean;
}

/** A tensor as plain lists, one level for each axis. */
export type NestedNumbers = number | readonly NestedNumbers[];

/**
 * A table of any number of axes in single precision, row by row in one typed array, with a place on the tape.
 *
 * Operations are functions (`add(a, b)`, `matmul(a, b)`, ...), so that a bundle holds those that it uses. They compute
 * at once and never change their arguments. `reshape` and its kin share the memory of their argument; everything else
 * makes a new tensor. Memory is the garbage collector's: nothing has to be disposed of.
 *
 * Indices and class numbers are tensors too: whole numbers, exact up to 2^24.
 *
 * The values may lie on a {@link Device} instead, where they are computed in their own time: see {@link to}.
 *
 * @example
 * import { mul, sum, tensor } from 'fitwise/nn';
 * const x = tensor([1, 2, 3], { requiresGrad: true });
 * sum(mul(x, x)).backward();
 * x.grad?.toArray(); // [2, 4, 6]
 */
export class Tensor {
  readonly shape: Shape;
  /** How many values. */
  readonly size: number;
  /** What `backward` has added up here; never written to afterwards. */
  grad: Tensor | null = null;
  /** @internal */
  readonly storage: Storage;
  #requiresGrad: boolean;
  #node: Node | null = null;

  /**
   * @param values row by row; taken over, not copied. Views give the storage that they share
   * @throws InvalidInputError if the shape does not hold as many values
   */
  constructor(values: Float32Array | Storage, shape: Shape, { requiresGrad = false }: TensorOptions = {}) {
    const storage = values instanceof Float32Array ? storageOf(values) : values;
    const size = storage.data?.length ?? storage.values!.size;
    if (newSizeOf(shape) !== size) {
      const rule = `the shape must hold the ${size} values`;
      throw new InvalidInputError({ action: 'make a tensor', rule, received: showShape(...shape) });
    }
    this.shape = shape;
    this.size = size;
    this.storage = storage;
    this.#requiresGrad = requiresGrad;
  }

  /**
   * The values, row by row.
   *
   * @throws UnsupportedError for a tensor on a device: see {@link toCpu}
   */
  get data(): Float32Array {
    return this.storage.data ?? dataOf(this.storage);
  }

  /** Where the values lie; null in the processor's memory. */
  get device(): Device | null {
    return this.storage.values?.device ?? null;
  }

  /** How many axes. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Whether gradients flow to it: it was asked for, or it was computed from such a tensor on the tape. */
  get requiresGrad(): boolean {
    return this.#requiresGrad;
  }

  /** @throws InvalidInputError for what an operation has computed: it needs what its inputs need */
  set requiresGrad(value: boolean) {
    if (!this.isLeaf) {
      throw new InvalidInputError({
        action: 'set requiresGrad',
        rule: 'the tensor must not be the result of an operation',
        received: `a result of ${this.#node!.name}`,
        repair: 'detach it first',
      });
    }
    this.#requiresGrad = value;
  }

  /** Whether it stands at the start of a tape: a parameter, or data. */
  get isLeaf(): boolean {
    return this.#node === null || this.#node.leaf !== null;
  }

  /**
   * Adds the gradient of this tensor to the `grad` of every leaf that it was computed from, and frees the tape.
   *
   * @throws InvalidInputError if no gradient flows here, if it holds several values and `grad` is missing, if the tape
   * has been freed, or if something that it saved has been changed in place
   */
  backward({ grad, retainGraph = false }: BackwardOptions = {}): void {
    const action = 'run backward';
    if (!this.#requiresGrad) {
      const rule = 'the tensor must depend on one that requires a gradient';
      throw new InvalidInputError({ action, rule, received: `a tensor of ${showShape(...this.shape)} that does not` });
    }
    if (grad === undefined && this.size !== 1) {
      refuse(action, 'a tensor of several values needs the option grad', this.shape);
    }
    if (grad !== undefined) deviceOf(action, this, grad);
    const start = beside(this, grad ?? this.like(Float32Array.of(1)));
    if (!isSameShape(start.shape, this.shape))
      refuse(action, 'grad must have the shape of the tensor', start.shape, this.shape);
    const root = this.node();
    noGrad(() => backpropagate(root, start, retainGraph));
  }

  /** The only value. */
  item(): number {
    if (this.size !== 1) refuse('read one value', 'the tensor must hold one', this.shape);
    return this.data[0]!;
  }

  /** The values as nested lists; a number for a scalar. */
  toArray(): NestedNumbers {
    return nested(this.data, this.shape);
  }

  /** The same memory without the tape. */
  detach(): Tensor {
    return new Tensor(this.storage, this.shape);
  }

  /** A copy, without the tape. */
  clone(): Tensor {
    return this.device?.map('copy', [this]) ?? this.like(this.data.slice());
  }

  /**
   * A copy on a device, without the tape; itself where it lies there already. The copy is under way when this returns.
   *
   * @throws UnsupportedError for a tensor of another device, and if a gradient would have to flow back
   */
  to(device: Device): Tensor {
    if (this.device === device) return this;
    const needsGradient = this.#requiresGrad && isRecording();
    return copyTo(device, this, needsGradient);
  }

  /**
   * A copy in the processor's memory, without the tape.
   *
   * @returns once everything that the device had been asked for is done
   * @throws UnsupportedError if the device failed, and if the values were freed by a scope
   *
   * @example
   * import { tensor } from 'fitwise/nn';
   * (await tensor([1, 2]).toCpu()).toArray(); // [1, 2]
   */
  async toCpu(): Promise<Tensor> {
    const { values } = this.storage;
    return values === null ? this.clone() : this.like(await values.device.download(values));
  }

  /**
   * Replaces the values in place. What the tape had saved of them is then refused by `backward`.
   *
   * @throws InvalidInputError on another shape, and for a tensor that gradients flow to, outside `noGrad`
   */
  assign(values: Tensor): this {
    const action = 'change a tensor in place';
    if (!isSameShape(values.shape, this.shape)) {
      refuse(action, 'the new values must have its shape', values.shape, this.shape);
    }
    if (this.#requiresGrad && isRecording()) {
      const rule = 'the tape must not depend on it';
      throw new InvalidInputError({
        action,
        rule,
        received: 'a tensor that requires a gradient',
        repair: 'use noGrad',
      });
    }
    overwrite(this.storage, values.storage);
    this.markChanged();
    return this;
  }

  /** @internal Moves the values, and those of all views, to a device, or here where they have come from there. */
  move(to: Device | Float32Array): void {
    moveStorage(this.storage, to);
    this.grad = null;
  }

  /** Says that `data` has been written to: what the tape had saved of it is then refused. */
  markChanged(): void {
    this.storage.changes.count++;
  }

  /** A tensor of this shape, without the tape, that holds other values. */
  like(data: Float32Array): Tensor {
    return new Tensor(data, this.shape);
  }

  /** @internal Its place on the tape. */
  node(): Node {
    this.#node ??= leafNode(this);
    return this.#node;
  }

  /** @internal Makes this the result of an operation. */
  attach(node: Node): void {
    assert(this.#node === null, 'a tensor is the result of one operation');
    this.#node = node;
    this.#requiresGrad = true;
  }
}

function nested(data: Float32Array, shape: Shape): NestedNumbers {
  if (shape.length === 0) return data[0]!;
  const [length, ...rest] = shape as [number, ...number[]];
  if (rest.length === 0) return Array.from(data);
  const step = sizeOf(rest);
  return Array.from({ length }, (_, i) => nested(data.subarray(i * step, (i + 1) * step), rest));
}
