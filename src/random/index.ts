export type { ChoiceOptions } from './choice.ts';
export { randomFrom } from './random-from.ts';
export { RandomState } from './random-state.ts';
export { type RandomStateSnapshot, RandomStream } from './random-stream.ts';
export { type SamplingOptions, sampleWithoutReplacement } from './sample-without-replacement.ts';
export { drawEntropySeed, isGenerator, type Seed, type SeedGenerator, seedOf } from './seed.ts';
export { XorShift } from './xorshift.ts';
