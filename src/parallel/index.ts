export { closePool } from './close-pool.ts';
export { countJobs } from './count-jobs.ts';
export { enterWorker, isInWorker } from './in-worker.ts';
export { mapTasks } from './map-tasks.ts';
export type { AssistRequest, Reply, Request, RunReply, RunRequest } from './messages.ts';
export { registerModule } from './modules.ts';
export { type Room, startRoom } from './room.ts';
export { FEWEST_OPS, runUnits, whenLeft } from './run-units.ts';
export { countThreads, setThreads } from './set-threads.ts';
export { canShareMemory } from './shared-memory.ts';
export type { MapOptions, Task } from './task.ts';
export { touchPages } from './touch-pages.ts';
export {
  assist,
  type KernelCall,
  type KernelExports,
  type KernelInstance,
  type Scratches,
  type Unit,
} from './units.ts';
export { decode, detach, encode } from './wire.ts';
export { encodeError } from './wire-error.ts';
export { setWorkerFactory, type WorkerLike } from './worker-factory.ts';
