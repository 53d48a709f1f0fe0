import { FitwiseError, UnsupportedError } from '../../errors/index.ts';
import { forgetGpu, type Gpu, type GpuKernel, type Resident } from '../../kernels/gpu/index.ts';
import type { Device } from '../tensor/index.ts';
import { GpuValues } from './gpu-values.ts';
import { flatKernel } from './kernels.ts';

/** What tensors need of a GPU. */
export type TensorGpu = Pick<Gpu, 'upload' | 'run' | 'read' | 'residents' | 'makeRoom'>;

/** Places are counted in single precision. */
const MOST_VALUES = 2 ** 24;

/** A step of a large network has some hundreds of kernels: one for each operation and shape. */
const KERNELS = 1024;

/**
 * Values in a GPU's memory. What is asked for is put into a queue and done one after the other, so that values are freed
 * behind their last use; only reading waits for the queue. What fails, fails where it is read.
 */
export class GpuMemory {
  readonly #gpu: TensorGpu;
  readonly #device: Device;
  #last: Promise<void> = Promise.resolve();
  /** What an inspection has found, and nobody been told. */
  #found: FitwiseError | null = null;

  constructor(gpu: TensorGpu, device: Device) {
    gpu.makeRoom(KERNELS);
    this.#gpu = gpu;
    this.#device = device;
  }

  /** How many pieces of memory are held, once what was asked for so far is done. */
  async residents(): Promise<number> {
    await this.#last;
    return this.#gpu.residents;
  }

  upload(data: Float32Array): GpuValues {
    const copy = data.slice();
    return this.#ask(copy.length, () => this.#gpu.upload(copy, 1, copy.length));
  }

  /** The values of a kernel's result, of arguments that somebody owns. */
  compute(kernel: GpuKernel, given: readonly (GpuValues | number)[], size: number): GpuValues {
    for (const argument of given) if (typeof argument !== 'number') argument.demandOwner();
    return this.#ask(size, async () => {
      const args = given.map(argument => (typeof argument === 'number' ? argument : argument.resident));
      return this.#gpu.run(kernel, args);
    });
  }

  async read(values: GpuValues): Promise<Float32Array> {
    values.demandOwner();
    return new Promise((resolve, reject) => {
      this.#enqueue(async () => {
        const found = this.#found;
        this.#found = null;
        try {
          if (found !== null) throw found;
          resolve(await this.#copyOf(values));
        } catch (error) {
          reject(this.#failure(error));
        }
      });
    });
  }

  /** Shows values to `look`; what it throws the next reading rejects with, the first of several. */
  inspect(given: readonly GpuValues[], look: (values: readonly Float32Array[]) => void): void {
    this.#enqueue(async () => {
      try {
        const copies: Float32Array[] = [];
        for (const values of given) copies.push(await this.#copyOf(values));
        look(copies);
      } catch (error) {
        this.#found ??= this.#failure(error);
      }
    });
  }

  /** Takes one owner off, and frees what has none left. */
  letGo(values: GpuValues): void {
    if (--values.owners > 0) return;
    this.#enqueue(async () => {
      try {
        values.release();
      } catch (error) {
        // Only a lost device refuses to free memory, which is lost with it; the queue goes on to those who read.
        this.#failure(error);
      }
    });
  }

  /** Values that `make` will give when its turn has come. */
  #ask(size: number, make: () => Promise<Resident>): GpuValues {
    if (size === 0 || size > MOST_VALUES) {
      const rule = `a tensor must hold between 1 and ${MOST_VALUES} values`;
      throw new UnsupportedError({ action: `compute on ${this.#device.name}`, rule, received: String(size) });
    }
    const values = new GpuValues(this.#device, size);
    this.#enqueue(async () => values.settle(await make().catch(error => this.#failure(error))));
    return values;
  }

  async #copyOf({ size, resident }: GpuValues): Promise<Float32Array> {
    const copy = flatKernel([size], 'function(x) { return x[this.thread.x]; }');
    const [read] = await this.#gpu.read(copy, [resident]);
    return read!;
  }

  #enqueue(job: () => Promise<void>): void {
    this.#last = this.#last.then(job);
  }

  /** What gpu.js throws, as a sentence. The GPU may be lost: whoever opens it next gets it afresh. */
  #failure(error: unknown): FitwiseError {
    if (error instanceof FitwiseError) return error;
    forgetGpu();
    const received = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return new UnsupportedError({ action: `compute on ${this.#device.name}`, rule: 'the device must do it', received });
  }
}
