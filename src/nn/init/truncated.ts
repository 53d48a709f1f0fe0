/** Normal values within bounds by rejection, drawn in torch's order: whole arrays anew until all are accepted. */
import type { RandomState } from '../../random/index.ts';
import { erfc } from '../ops/erf.ts';
import { fillNormal, fillUniform } from './draws.ts';

interface Truncated {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** Below this share of the normal distribution within the bounds, candidates are uniform between them. */
const FEW = 0.3;

export function fillTruncated(out: Float32Array, options: Truncated, random: RandomState): void {
  const below = (x: number) => erfc(-(x - options.mean) / options.deviation / Math.SQRT2) / 2;
  if (below(options.high) - below(options.low) > FEW) fromNormal(out, options, random);
  else fromUniform(out, options, random);
}

function fromNormal(out: Float32Array, { mean, deviation, low, high }: Truncated, random: RandomState): void {
  const [first, last] = [Math.fround(low), Math.fround(high)];
  const isOut = (value: number) => value < first || value > last;
  fillNormal(out, mean, deviation, random);
  const fresh = new Float32Array(out.length);
  while (out.some(isOut)) {
    fillNormal(fresh, mean, deviation, random);
    for (let i = 0; i < out.length; i++) if (isOut(out[i]!)) out[i] = fresh[i]!;
  }
}

/** A candidate is accepted with the ratio of its density to the highest within the bounds. */
function fromUniform(out: Float32Array, { mean, deviation, low, high }: Truncated, random: RandomState): void {
  const mode = Math.max(low, Math.min(mean, high));
  const peak = -0.5 * ((mode - mean) / deviation) ** 2;
  const [candidates, chances] = [new Float32Array(out.length), new Float32Array(out.length)];
  const isOpen = new Uint8Array(out.length).fill(1);
  do {
    fillUniform(candidates, low, high, random);
    fillUniform(chances, 0, 1, random);
    for (let i = 0; i < out.length; i++) {
      if (isOpen[i] === 0) continue;
      out[i] = candidates[i]!;
      const z = Math.fround(Math.fround(out[i]! - mean) / deviation);
      const density = Math.fround(Math.fround(-0.5 * Math.fround(z * z)) - peak);
      isOpen[i] = Number(Math.fround(Math.log(chances[i]!)) > density);
    }
  } while (isOpen.includes(1));
}
