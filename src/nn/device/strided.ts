/**
 * Threads over the places of a shape, and where in flat memory an operand's value for a thread lies.
 *
 * Axes that lie one behind the other in all operands are one axis: what is left are hardly ever more than three, which
 * a grid has. Places are counted in single precision, which is exact up to 2^24: no tensor on a device is larger.
 */
import { UnsupportedError } from '../../errors/index.ts';

/** How an operand lies in memory, seen in the shape of the result: a step for each axis, 0 where it is repeated. */
export type Steps = readonly number[];

export interface StridedThreads {
  readonly grid: readonly number[];
  /** Statements that name the thread's place along each axis. */
  readonly places: string;
  /** For each operand, the place of its value as an expression. */
  readonly indices: readonly string[];
}

/** WebGPU runs at most 65535 groups of threads along an axis; a group has 8 along x and y, and 1 along z. */
const MOST_GROUPS = 65535;

/** Threads for a result of a shape, of operands that lie as they do. */
export function stridedThreads(shape: readonly number[], operands: readonly Steps[]): StridedThreads {
  const axes = mergedAxes(shape, operands);
  const grid = gridOf(axes.map(({ length }) => length));
  return {
    grid,
    places: placesSource(axes.map(({ length }) => length)),
    indices: operands.map((_, operand) => {
      const terms = axes.flatMap(({ steps }, axis) => (steps[operand] === 0 ? [] : [`i${axis} * ${steps[operand]}`]));
      return terms.length === 0 ? '0' : terms.join(' + ');
    }),
  };
}

interface Axis {
  readonly length: number;
  readonly steps: readonly number[];
}

function mergedAxes(shape: readonly number[], operands: readonly Steps[]): Axis[] {
  const axes: Axis[] = [];
  shape.forEach((length, i) => {
    if (length === 1) return;
    const steps = operands.map(operand => operand[i]!);
    const before = axes.at(-1);
    if (before?.steps.every((step, operand) => step === steps[operand]! * length)) {
      axes[axes.length - 1] = { length: before.length * length, steps };
    } else axes.push({ length, steps });
  });
  return axes;
}

/** The last axis along x, the one before along y, all others along z. */
function gridOf(lengths: readonly number[]): readonly number[] {
  if (lengths.length < 2) return [lengths[0] ?? 1];
  const layers = lengths.slice(0, -2).reduce((product, length) => product * length, 1);
  return checkGrid([lengths.at(-1)!, lengths.at(-2)!, ...(lengths.length > 2 ? [layers] : [])]);
}

/** @throws UnsupportedError for more threads along an axis than a device can run */
export function checkGrid(grid: readonly number[]): readonly number[] {
  const most = [8 * MOST_GROUPS, 8 * MOST_GROUPS, MOST_GROUPS];
  if (grid.length < 2 || grid.every((length, i) => length <= most[i]!)) return grid;
  throw new UnsupportedError({
    action: 'compute on the GPU',
    rule: `an operation must have ${most.join(' x ')} threads at most`,
    received: grid.join(' x '),
    repair: 'use smaller batches',
  });
}

function placesSource(lengths: readonly number[]): string {
  const last = lengths.length - 1;
  if (last < 2) return lengths.map((_, i) => `const i${i} = this.thread.${i === last ? 'x' : 'y'};`).join('\n');
  const layers = lengths.slice(0, -2);
  let rest = 'this.thread.z';
  let source = `const i${last} = this.thread.x;\nconst i${last - 1} = this.thread.y;\n`;
  for (let axis = layers.length - 1; axis > 0; axis--) {
    source += `${divideSource(`q${axis}`, rest, layers[axis]!)}\nconst i${axis} = ${rest} - q${axis} * ${layers[axis]};\n`;
    rest = `q${axis}`;
  }
  return `${source}const i0 = ${rest};`;
}

/** Names the whole quotient of two whole numbers. Devices divide with an error of some units in the last place. */
export function divideSource(name: string, value: string, divisor: number): string {
  if (divisor === 1) return `const ${name} = ${value};`;
  return `let ${name} = Math.floor((${value} + 0.5) / ${divisor});
    if (${name} * ${divisor} > ${value}) { ${name} = ${name} - 1; }
    if ((${name} + 1) * ${divisor} <= ${value}) { ${name} = ${name} + 1; }`;
}
