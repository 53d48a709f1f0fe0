/**
 * When `'auto'` takes the GPU. No measurement on a graphics card stands behind these numbers yet, only the
 * processor's kernels, the conversion to single precision, and SwiftShader, a GPU that the processor emulates and
 * which is a hundred times slower than the processor's own kernels. They are chosen so that a wrong choice costs little: a task goes
 * to a GPU only if the processor needs most of a second for it, and if it computes much with each number that travels.
 */
import type { DeviceReport } from '../gpu/report.ts';
import type { Task } from './compute.ts';

/** Multiplications below which the processor is done within about 0.3 s (measured: 7.5e9 multiplications a second on one core). */
const LEAST_OPERATIONS = 2 ** 31;
/**
 * Multiplications per travelling number. Conversion, copy and their checks cost about 5 ns a number on the processor
 * (measured), which is the time of 40 multiplications there; at 128 the way takes less than a third of the gain.
 */
const LEAST_INTENSITY = 128;

/** Why a task should stay on the processor; null where the GPU should have it. */
export function reasonForCpu({ operations, numbers }: Task, { adapter, isSoftware }: DeviceReport): string | null {
  if (isSoftware) return `the adapter '${adapter}' is emulated by the processor`;
  if (operations < LEAST_OPERATIONS) {
    return `${show(operations)} multiplications are fewer than the ${show(LEAST_OPERATIONS)} from which a GPU pays`;
  }
  const intensity = operations / numbers;
  if (intensity >= LEAST_INTENSITY) return null;
  return `${show(intensity)} multiplications per number moved are fewer than the ${LEAST_INTENSITY} from which a GPU pays`;
}

const show = (value: number) => value.toPrecision(2).replace('e+', 'e');
