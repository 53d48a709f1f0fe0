import type { Matrix } from '../../array/index.ts';
import { checkOptions, checkSampleWeight } from '../../check/index.ts';
import type { ScoreOptions } from '../../core/index.ts';
import { inertiaByLoops } from '../../kernels/index.ts';
import type { Work } from '../../work/index.ts';
import { ones } from './nearest-centers.ts';

/** Samples and centers around one origin, and the center of each sample. */
export interface Assigned {
  readonly samples: Matrix;
  readonly centers: Matrix;
  readonly labels: Int32Array;
}

/**
 * Minus the inertia of samples that `assign` finds centers for.
 *
 * @throws InvalidParamError on an unknown option. @throws InvalidInputError on weights outside their rule.
 */
export function* scoreOf(assign: () => Work<Assigned>, options: ScoreOptions, action: string): Work<number> {
  checkOptions(options, ['sampleWeight'], action);
  const { sampleWeight } = options;
  const { samples, centers, labels } = yield* assign();
  const { rows } = samples;
  const weights = sampleWeight === undefined ? ones(rows) : checkSampleWeight(sampleWeight, rows, action);
  return -(yield* inertiaByLoops(samples, weights, centers, labels));
}
