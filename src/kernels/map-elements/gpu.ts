import { Matrix } from '../../array/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { DeviceMemory } from '../gpu/device-memory.ts';
import type { GpuKernel } from '../gpu/gpu.ts';
import { disagreement, samplePlaces } from '../gpu/sample-check.ts';
import { ELEMENT_MAPS, type ElementMap } from './reference.ts';

/** Each map in the subset of JavaScript that gpu.js translates; `x` is the element. */
const SOURCES: Readonly<Record<ElementMap, string>> = {
  square: 'return x * x;',
  relu: 'return Math.max(x, 0);',
  exp: 'return Math.exp(x);',
  sigmoid: `const small = Math.exp(-Math.abs(x));
    if (x < 0) return small / (1 + small);
    return 1 / (1 + small);`,
  // Graphics drivers may give NaN for tanh beyond the range of their exp; near zero the quotient would lose digits.
  tanh: `if (Math.abs(x) < 0.1) return x * (1 + x * x * (x * x * ${2 / 15} - ${1 / 3}));
    const small = Math.exp(-2 * Math.abs(x));
    const size = (1 - small) / (1 + small);
    if (x < 0) return -size;
    return size;`,
};

/**
 * What a mapped value may be off: WebGPU promises the exponential to 3 + 2 |x| units in the last place, and x itself is
 * rounded; sigmoid and tanh are quotients of numbers near 1.
 */
export function mapTolerance(x: number, value: number): number {
  return 2 ** -20 * ((1 + Math.abs(x)) * Math.abs(value) + Math.min(1, Math.abs(value) + Math.abs(x))) + SMALLEST;
}

/** The smallest positive number that every driver keeps. */
const SMALLEST = 2 ** -126;

/**
 * The map of every element, on a GPU.
 *
 * @throws UnsupportedError where single precision is left, and if a sample differs from the processor's result.
 */
export function* mapOnGpu(memory: DeviceMemory, X: Matrix, map: ElementMap): Work<Matrix> {
  const result = Matrix.zeros(X.rows, X.columns);
  if (result.data.length === 0) return result;
  const moved = yield* memory.move(X, { scale: 1 });
  for (const [s, slice] of moved.slices.entries()) {
    const rows = yield* waitFor(() => memory.gpu.read(mapKernel(map, slice.rows, X.columns), [slice]));
    rows.forEach((row, i) => {
      result.row(s * moved.height + i).set(row);
    });
  }
  memory.free(moved);
  checkMapped(result, X, map);
  return result;
}

function checkMapped(result: Matrix, X: Matrix, map: ElementMap): void {
  const wrong = result.data.findIndex(value => !Number.isFinite(value));
  const places = samplePlaces(X.rows, X.columns);
  if (wrong >= 0) places.push([Math.floor(wrong / X.columns), wrong % X.columns]);
  for (const [i, j] of places) {
    const x = X.get(i, j);
    const expected = ELEMENT_MAPS[map](x);
    const received = result.get(i, j);
    if (!(Math.abs(received - expected) <= mapTolerance(x, expected))) throw disagreement(received, expected, i, j);
  }
}

/** The kernel of a map, for what is on the device already. */
export function mapKernel(map: ElementMap, rows: number, columns: number): GpuKernel {
  return {
    name: `map-${map}`,
    source: `function(values) {
    const x = values[this.thread.y][this.thread.x];
    ${SOURCES[map]}
  }`,
    rows,
    columns,
    constants: {},
  };
}
