export { FitCache } from './fit-cache.ts';
export { makePipeline } from './make-pipeline.ts';
export { Pipeline, type PipelineOptions } from './pipeline.ts';
