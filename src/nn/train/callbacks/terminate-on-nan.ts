import { warn } from '../../../errors/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';

/** Stops a training, with a warning, as soon as its loss is NaN or infinite. */
export class TerminateOnNaN implements Callback {
  onBatchEnd(batch: number, { loss }: Logs, context: TrainingContext): void {
    if (Number.isFinite(loss)) return;
    warn({ kind: 'convergence', source: 'TerminateOnNaN', message: `the loss is ${loss} at batch ${batch}` });
    context.stop();
  }
}
