export {
  checkpointFromBytes,
  checkpointToBytes,
  type LoadCheckpointOptions,
  loadCheckpoint,
  type RunParts,
  type Stateful,
  saveCheckpoint,
} from './checkpoint.ts';
export { type CsvOptions, type CsvTensors, readCsv } from './csv.ts';
export { readIdx } from './idx.ts';
export { type ImageMode, type Pixels, type ReadImageOptions, readImage, readJpeg, readPng } from './images/index.ts';
export { npyToBytes, readNpy } from './npy.ts';
export { readNpz } from './npz.ts';
export type { NumberArray, NumberData } from './number-array.ts';
export { SummaryWriter } from './summary-writer.ts';
export { type TensorFile, tensorsFromBytes, tensorsToBytes } from './tensor-file.ts';
export { readTorchFile, type TorchFileOptions } from './torch-file.ts';
export { loadWeights, readWeights, saveWeights } from './weights.ts';
