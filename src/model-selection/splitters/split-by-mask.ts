import type { Split } from './splitter.ts';

/** The split with the given test samples; both sides ascend. */
export function splitByMask(count: number, test: Int32Array): Split {
  const isTest = new Uint8Array(count);
  for (const i of test) isTest[i] = 1;
  const pick = (wanted: 0 | 1) => Int32Array.from({ length: count }, (_, i) => i).filter(i => isTest[i] === wanted);
  return { train: pick(0), test: pick(1) };
}
