import { InvalidParamError, show } from '../errors/index.ts';
import type { Seed } from './seed-kinds.ts';

/** The integer in [0, 2^32) that a seed stands for: what estimators keep as `randomState_`. */
export function seedOf(seed: Seed): number {
  if (typeof seed === 'string') return hashSeed(seed);
  if (seed === null) return drawEntropySeed();
  if (typeof seed !== 'number') {
    const word: unknown = typeof seed?.int32 === 'function' ? seed.int32() : undefined;
    if (Number.isInteger(word)) return (word as number) >>> 0;
  } else if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) {
    return seed;
  }
  throw new InvalidParamError({
    action: 'draw random numbers',
    rule: 'the seed must be a whole number in [0, 2^32), a string, a seedrandom generator or null',
    received: show(seed),
  });
}

/** A seed from the platform's entropy. */
export function drawEntropySeed(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/**
 * FNV-1a over the UTF-16 code units (G. Fowler, L. C. Noll and K.-P. Vo, 1991), then MurmurHash3's finish
 * (A. Appleby, 2011), without which strings that differ at the end would give close numbers.
 */
function hashSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
