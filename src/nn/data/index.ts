export { type Collated, collate } from './collate.ts';
export { DataLoader, type DataLoaderOptions, type LoaderState } from './data-loader.ts';
export { type Dataset, type IterableDataset, mapDataset, subset, TensorDataset } from './dataset.ts';
export { ImageDataset, type ImageDatasetOptions, type LabelledImage } from './image-dataset.ts';
export { type ImageFile, ImageFolder, type ImageFolderOptions } from './image-folder.ts';
export {
  balancedSampler,
  randomSampler,
  type Sampler,
  sequentialSampler,
  type WeightedSamplerOptions,
  weightedSampler,
} from './samplers.ts';
export * from './transforms/index.ts';
export { type DatasetMaker, datasetMaker, type WorkerDataset } from './worker-dataset.ts';
