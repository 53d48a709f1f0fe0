/**
 * When `'auto'` takes the GPU. No graphics card has been measured yet: behind these numbers stand the processor's own
 * kernels and the way of numbers to a GPU and back. On SwiftShader, which emulates a GPU on the processor, products take
 * a hundred times as long as by the processor's kernels. The rule makes a wrong choice cheap: a task leaves the
 * processor only if that needs a good quarter of a second for it, and computes much with each number that travels.
 */
import type { DeviceReport } from '../gpu/report.ts';
import type { Task } from './compute.ts';

/** The processor does as many in 0.28 s: 7.8e9 multiplications a second on one core (measured at 512 and 1024). */
const LEAST_OPERATIONS = 2 ** 31;
/**
 * Multiplications per travelling number. Scaling, rounding, copying and reading back take about 15 ns of the processor
 * for each (measured, without the transfer itself), in which it does about 115 multiplications: from twice as many on, the
 * way costs at most half of what the work does.
 */
const LEAST_INTENSITY = 256;

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
