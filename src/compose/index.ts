export { FitCache } from './fit-cache.ts';
export { prefixKey } from './fit-transform-cached.ts';
export { makePipeline } from './make-pipeline.ts';
export { Pipeline, type PipelineOptions } from './pipeline.ts';
