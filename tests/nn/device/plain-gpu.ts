import type { GpuKernel, Resident } from '../../../src/kernels/gpu/index.ts';
import type { TensorGpu } from '../../../src/nn/device/gpu-memory.ts';

type Body = (this: object, ...args: readonly (number | Float32Array)[]) => number;

/**
 * A stand-in for a GPU where there is none: it runs the source of a kernel as the JavaScript that it is, thread after
 * thread, in double precision, and rounds the results to single.
 */
export class PlainGpu implements TensorGpu {
  residents = 0;
  /** Makes all that follows fail, as if the device had been lost. */
  isLost = false;

  makeRoom(): void {}

  async upload(values: Float32Array, rows: number, columns: number): Promise<Resident> {
    return this.#keep({ rows, columns, grid: [columns] }, values.slice());
  }

  async run(kernel: GpuKernel, args: readonly (Resident | number)[]): Promise<Resident> {
    return this.#keep(kernel, this.#results(kernel, args));
  }

  async read(kernel: GpuKernel, args: readonly Resident[]): Promise<readonly Float32Array[]> {
    return [this.#results(kernel, args)];
  }

  #results({ source, grid, constants }: GpuKernel, args: readonly (Resident | number)[]): Float32Array {
    if (this.isLost) throw new Error('the device was lost');
    const body = new Function(`return ${source}`)() as Body;
    const given = args.map(argument => (typeof argument === 'number' ? Math.fround(argument) : valuesOf(argument)));
    const [width, height = 1, depth = 1] = grid as [number, number?, number?];
    const results = new Float32Array(width * height * depth);
    for (let z = 0, at = 0; z < depth; z++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++, at++) results[at] = body.call({ thread: { x, y, z }, constants }, ...given);
      }
    }
    return results;
  }

  #keep({ rows, columns, grid = [columns] }: Omit<GpuKernel, 'name' | 'source' | 'constants'>, values: Float32Array) {
    this.residents++;
    let isThere = true;
    const free = () => {
      if (this.isLost) throw new Error('the device was lost');
      if (!isThere) throw new Error('released twice');
      isThere = false;
      this.residents--;
    };
    return { rows, columns, grid, handle: { values, delete: free }, release: free };
  }
}

function valuesOf({ handle }: Resident): Float32Array {
  return (handle as unknown as { readonly values: Float32Array }).values;
}
