export type { ChoiceOptions } from './choice.ts';
export { randomFrom } from './random-from.ts';
export { RandomState, type RandomStateSnapshot } from './random-state.ts';
export { type SamplingOptions, sampleWithoutReplacement } from './sample-without-replacement.ts';
export { drawEntropySeed, isGenerator, type Seed, type SeedGenerator, seedOf } from './seed.ts';
export { XorShift } from './xorshift.ts';
