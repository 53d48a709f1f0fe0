import { type ConsoleProgressOptions, consoleProgress } from '../../../work/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';

/** Draws a bar for each epoch, with the loss and the metrics so far. */
export class ProgressBar implements Callback {
  readonly #options: ConsoleProgressOptions;
  #task = '';
  #draw: ReturnType<typeof consoleProgress> = () => {};

  constructor(options: ConsoleProgressOptions = {}) {
    this.#options = options;
  }

  onEpochBegin(epoch: number, { epochs }: TrainingContext): void {
    this.#task = `epoch ${epoch + 1}/${epochs}`;
    this.#draw = consoleProgress(this.#options);
  }

  onBatchEnd(batch: number, metrics: Logs, { batches }: TrainingContext): void {
    if (batches === undefined || batch + 1 === batches) return;
    this.#draw({ type: 'step', task: this.#task, done: batch + 1, total: batches, metrics });
  }

  onEpochEnd(_epoch: number, metrics: Logs, { batches = 1 }: TrainingContext): void {
    this.#draw({ type: 'end', task: this.#task, done: batches, total: batches, metrics });
  }
}
