export { type ConsoleProgressOptions, consoleProgress } from './console-progress.ts';
export { drive, type RunOptions, runSync } from './drive.ts';
export { inBlocks } from './in-blocks.ts';
export { type LazyModule, loadAll, loadOnce } from './load-once.ts';
export {
  asWork,
  type Checkpoint,
  MAX_OPS,
  type Pending,
  type ProgressEvent,
  type StartPending,
  step,
  type Work,
  waitFor,
  waitIfPossible,
  withoutProgress,
} from './work.ts';
