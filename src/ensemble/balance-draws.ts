import type { TreeData } from '../tree/index.ts';

/**
 * Counts of draws, weighted so that in the draws of one tree every class of an output has the same weight; several
 * outputs multiply.
 */
export function balanceDraws(counts: Float64Array, drawn: Int32Array, data: TreeData): Float64Array {
  const { y, nOutputs, nClasses } = data;
  const ofClass = new Float64Array(counts.length).fill(1);
  for (let k = 0; k < nOutputs; k++) {
    const frequency = new Float64Array(nClasses[k]!);
    for (let d = 0; d < drawn.length; d++) frequency[y[drawn[d]! * nOutputs + k]!]!++;
    const present = frequency.reduce((count, own) => count + Number(own > 0), 0);
    for (let i = 0; i < counts.length; i++) {
      const own = frequency[y[i * nOutputs + k]!]!;
      ofClass[i]! *= own === 0 ? 0 : drawn.length / (present * own);
    }
  }
  return counts.map((count, i) => count * ofClass[i]!);
}
