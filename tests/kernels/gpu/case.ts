/** Tests that run where a GPU is: in Node with the optional peers, and in pages, where there is no test runner. */
import { Matrix } from '../../../src/array/index.ts';
import type { DeviceMemory } from '../../../src/kernels/gpu/index.ts';
import { drive, type Work } from '../../../src/work/index.ts';

export interface GpuCase {
  readonly name: string;
  run(memory: DeviceMemory): Promise<void>;
}

/** Numbers between -1 and 1 without pattern or end in binary. */
export function wave(rows: number, columns: number, phase = 1): Matrix {
  return Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(phase + i * 12.9898 + j * 78.233));
}

export function ones(rows: number, columns: number): Matrix {
  return Matrix.zeros(rows, columns).map(() => 1);
}

export const run = <T>(work: Work<T>): Promise<T> => drive(work);

/** @throws if an element of `received` is farther from `expected` than `tolerance` gives for it. */
export function demandClose(
  received: Matrix,
  expected: Matrix,
  tolerance: (row: number, column: number) => number,
): void {
  const shape = ({ rows, columns }: Matrix) => `${rows} x ${columns}`;
  if (shape(received) !== shape(expected)) throw new Error(`shape ${shape(received)} instead of ${shape(expected)}`);
  expected.data.forEach((value, at) => {
    const [i, j] = [Math.floor(at / expected.columns), at % expected.columns];
    const off = Math.abs(received.data[at]! - value);
    if (off <= tolerance(i, j) || received.data[at] === value) return;
    throw new Error(
      `${received.data[at]} instead of ${value} at row ${i}, column ${j}: off by ${off / tolerance(i, j)} of what is allowed`,
    );
  });
}

/** @throws if `action` succeeds, or fails with another message. */
export async function demandRefusal(action: () => Promise<unknown>, message: string): Promise<void> {
  const received = await action().then(
    () => 'no error',
    error => (error as Error).message,
  );
  if (received !== message) throw new Error(`'${received}' instead of '${message}'`);
}

/** @throws unless both are the same to the bit. */
export function demandSame(received: unknown, expected: unknown): void {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, inner) => (ArrayBuffer.isView(inner) ? Array.from(inner as Float64Array) : inner));
  if (text(received) === text(expected)) return;
  throw new Error(`${text(received)?.slice(0, 200)} instead of ${text(expected)?.slice(0, 200)}`);
}
