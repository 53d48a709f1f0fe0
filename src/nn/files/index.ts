export {
  checkpointFromBytes,
  checkpointToBytes,
  type LoadCheckpointOptions,
  loadCheckpoint,
  type RunParts,
  type Stateful,
  saveCheckpoint,
} from './checkpoint.ts';
export { SummaryWriter } from './summary-writer.ts';
export { type TensorFile, tensorsFromBytes, tensorsToBytes } from './tensor-file.ts';
export { readTorchFile, type TorchFileOptions } from './torch-file.ts';
export { loadWeights, readWeights, saveWeights } from './weights.ts';
