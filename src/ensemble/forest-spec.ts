import { boolean, either, integer, nullable, seed, share } from '../check/index.ts';
import { growthSpec } from '../tree/index.ts';

/** The parameters that both forests have in common. */
export const forestSpec = {
  /** Number of trees. */
  nEstimators: integer({ min: 1, default: 100 }),
  ...growthSpec,
  /** Each tree draws its samples with replacement; otherwise it takes all. */
  bootstrap: boolean({ default: true }),
  /** Predict each training sample by the trees that did not draw it, and score that. */
  oobScore: boolean({ default: false }),
  /** Draws per tree: a count, or a share of the samples' number (or weight); null for as many as there are. */
  maxSamples: nullable(either(integer({ min: 1, max: 2 ** 28, default: 1 }), share({ default: 0.5 }))),
  /** Workers that grow trees, and threads that share the rows of a prediction: null and 1 for no others, -1 for one per core. */
  nJobs: nullable(integer({ default: 1 })),
  /** Seed of the draws, of the order of features, and of each tree. */
  randomState: seed(),
};
