export { countJobs } from './count-jobs.ts';
export { enterWorker, mapTasks } from './map-tasks.ts';
export type { MapOptions, Task } from './task.ts';
