let isWorker = false;

/** Makes all parallel work of this thread run inline from now on: workers start no workers. */
export function enterWorker(): void {
  isWorker = true;
}

/** Whether this thread is a worker of the library. */
export function isInWorker(): boolean {
  return isWorker;
}
