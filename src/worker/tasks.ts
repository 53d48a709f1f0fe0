import type { Task } from '../parallel/index.ts';

/** A task of any payload, shared data and result. */
export type AnyTask = Task<never, never, unknown>;

/** Every task of the library by its id, loaded when a worker first needs it. */
export const tasks: Readonly<Record<string, () => Promise<AnyTask>>> = {
  'ensemble/grow-trees': async () => (await import('../ensemble/grow-forest.ts')).growTreesTask as AnyTask,
  'inspection/permute-column': async () =>
    (await import('../inspection/permutation-importance.ts')).permuteColumnTask as AnyTask,
  'model-selection/fit-score': async () => (await import('../model-selection/evaluate.ts')).fitScoreTask as AnyTask,
  'model-selection/predict-fold': async () =>
    (await import('../model-selection/cross-val-predict.ts')).predictFoldTask as AnyTask,
  'model-selection/permuted-score': async () =>
    (await import('../model-selection/permutation-test-score.ts')).permutedScoreTask as AnyTask,
};
