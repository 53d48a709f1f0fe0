/**
 * Automatic choice of dimensionality for PCA (T. P. Minka, NIPS 2000, pages 598-604): the rank with the greatest
 * Laplace approximation of the evidence.
 */

/** Variances below this count as zero. */
const TINY = 1e-15;

/**
 * @param spectrum variances in descending order, at least two
 * @returns a rank from 1 to spectrum.length - 1
 */
export function minkaDimension(spectrum: Float64Array, nSamples: number): number {
  let best = 0;
  let bestEvidence = -Infinity;
  for (let rank = 1; rank < spectrum.length; rank++) {
    const evidence = logEvidence(spectrum, rank, nSamples);
    if (evidence > bestEvidence) [best, bestEvidence] = [rank, evidence];
  }
  return best;
}

/** Equation (30) of the paper for one rank; the names are those of its terms. */
function logEvidence(spectrum: Float64Array, rank: number, nSamples: number): number {
  const p = spectrum.length;
  if (spectrum[rank - 1]! < TINY) return -Infinity;
  let pu = -rank * Math.LN2;
  for (let i = 1; i <= rank; i++) pu += logGammaOfHalf(p - i + 1) - (Math.log(Math.PI) * (p - i + 1)) / 2;
  const kept = spectrum.subarray(0, rank);
  const pl = (-kept.reduce((sum, value) => sum + Math.log(value), 0) * nSamples) / 2;
  const noise = Math.max(TINY, spectrum.subarray(rank).reduce((sum, value) => sum + value, 0) / (p - rank));
  const pv = (-Math.log(noise) * nSamples * (p - rank)) / 2;
  const m = p * rank - (rank * (rank + 1)) / 2;
  const pp = (Math.log(2 * Math.PI) * (m + rank)) / 2;
  const smoothed = spectrum.map((value, j) => (j < rank ? value : noise));
  let pa = 0;
  for (let i = 0; i < rank; i++) {
    for (let j = i + 1; j < p; j++) {
      const gap = (spectrum[i]! - spectrum[j]!) * (1 / smoothed[j]! - 1 / smoothed[i]!);
      pa += Math.log(gap) + Math.log(nSamples);
    }
  }
  return pu + pl + pv + pp - pa / 2 - (rank * Math.log(nSamples)) / 2;
}

/** log Γ(k / 2) for a whole k >= 1, by Γ(x + 1) = x Γ(x). */
function logGammaOfHalf(k: number): number {
  let sum = k % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let x = k % 2 === 0 ? 1 : 0.5; x < k / 2; x++) sum += Math.log(x);
  return sum;
}
