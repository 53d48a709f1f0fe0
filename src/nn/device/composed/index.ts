export { headMixture, headScores } from './attention.ts';
export { heldByNorm } from './clip.ts';
export { choose, logSoftmax, pointwise, softmax } from './elementwise.ts';
export { linear } from './linear.ts';
export { batchNorm, groupNorm, layerNorm, scaleChannels } from './normalise.ts';
export { embedding, gather, laidEndToEnd, picked, slices } from './places.ts';
export { evenKernel, maxPool, meanPool } from './pool.ts';
export { step } from './step.ts';
