export { closePool } from './close-pool.ts';
export { countJobs } from './count-jobs.ts';
export { enterWorker, mapTasks } from './map-tasks.ts';
export type { Reply, Request, RunReply, RunRequest } from './messages.ts';
export { registerModule } from './modules.ts';
export type { MapOptions, Task } from './task.ts';
export { decode, detach, encode } from './wire.ts';
export { encodeError } from './wire-error.ts';
export { setWorkerFactory, type WorkerLike } from './worker-factory.ts';
