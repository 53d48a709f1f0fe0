export type { ChoiceOptions } from './choice.ts';
export { randomFrom } from './random-from.ts';
export { RandomState } from './random-state.ts';
export { type RandomStateSnapshot, RandomStream } from './random-stream.ts';
export { type SamplingOptions, sampleWithoutReplacement } from './sample-without-replacement.ts';
export { drawEntropySeed, seedOf } from './seed.ts';
export { isGenerator, type Seed, type SeedGenerator } from './seed-kinds.ts';
export { XorShift } from './xorshift.ts';
