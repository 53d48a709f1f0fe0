import { countThreads, type KernelCall, runUnits, type Unit } from '../../parallel/index.ts';
import type { Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { instanceOf } from '../load.ts';
import { Places } from '../places.ts';
import {
  blockLengths,
  blockRows,
  fillCoefficients,
  type LinearProblem,
  lanesFor,
  opsPerRow,
  stretches,
  takeSums,
  upTo4,
} from './block.ts';
import { CONSTANTS } from './elementary.ts';
import type { ResidentSamples } from './resident-samples.ts';

/** The loss at `w` of samples in the arena, to whose gradient it adds; threads share the stretches of rows. */
export function* shareLoss(
  fast: object,
  problem: LinearProblem,
  resident: ResidentSamples,
  w: Float64Array,
  gradient: Float64Array,
): Work<number> {
  const { X, outputs } = problem;
  const { columns } = X;
  const lanes = lanesFor(outputs);
  const height = blockRows(columns);
  const lengths = blockLengths(problem, height);
  const parts = stretches(problem, w.length);
  const places = new Places();
  // The loss of a stretch stands behind its sums.
  const length = lengths.sums + 1;
  const workBytes = 8 * (lengths.scores + lengths.probabilities + lengths.totals);
  const at = {
    constants: places.take(8 * CONSTANTS.length),
    coefficients: places.take(8 * lengths.coefficients),
    sums: places.take(8 * length * parts.length),
    work: places.take(countThreads() * workBytes),
  };
  const loan = borrow(places.bytes);
  try {
    const { pointer } = loan;
    const doubles = (place: number, count: number) => new Float64Array(arenaMemory().buffer, pointer + place, count);
    doubles(at.constants, CONSTANTS.length).set(CONSTANTS);
    doubles(at.sums, length * parts.length).fill(0);
    fillCoefficients({ coefficients: doubles(at.coefficients, lengths.coefficients), outputs, lanes }, w);
    const units = parts.map(({ from, to }, part): Unit => {
      const calls: KernelCall[] = [];
      const sums = pointer + at.sums + 8 * length * part;
      for (let row = from; row < to; row += height) {
        const count = Math.min(height, to - row);
        const own = [
          resident.pointerTo(row),
          upTo4(count),
          columns,
          resident.codesFrom(row),
          resident.weightsFrom(row),
        ];
        const known = [pointer + at.coefficients, outputs, lanes, pointer + at.constants];
        const args = [...own, ...known, sums, sums + 8 * lengths.sums];
        calls.push({ name: 'addLoss', args, ops: count * opsPerRow(problem, w.length) });
      }
      return calls;
    });
    yield* runUnits(fast, instanceOf(fast), units, { pointer: pointer + at.work, bytes: workBytes });
    let loss = 0;
    for (let part = 0; part < parts.length; part++) {
      const sums = doubles(at.sums + 8 * length * part, length);
      takeSums({ sums, columns, outputs, lanes }, gradient);
      loss += sums[lengths.sums]!;
    }
    return loss;
  } finally {
    giveBack(loan);
  }
}
