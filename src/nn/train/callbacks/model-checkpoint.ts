import { boolean, checkParams, nullable, type OptionsOf, type ParamsOf, real } from '../../../check/index.ts';
import { saveCheckpoint, saveWeights } from '../../files/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';
import { fillTemplate } from './file-template.ts';
import { frequency } from './frequency.ts';
import { Monitor, monitorSpec } from './monitor.ts';

const spec = {
  ...monitorSpec,
  /** Save only what beats everything before. Default false. */
  saveBestOnly: boolean({ default: false }),
  /** Save the weights alone, not the optimiser and the scaler. Default false. */
  saveWeightsOnly: boolean({ default: false }),
  /** After every epoch, or after so many batches. Default `'epoch'`. */
  saveFreq: frequency(),
  /** A value that the first file must beat. Default null: none. */
  initialValueThreshold: nullable(real({})),
};

export type ModelCheckpointOptions = OptionsOf<typeof spec>;

/**
 * Saves the model while it is trained (Node only), each file whole or not at all.
 *
 * @example
 * import { ModelCheckpoint } from 'fitwise/nn';
 * new ModelCheckpoint('run/{epoch:02d}-{val_loss:.2f}.safetensors', { saveBestOnly: true });
 */
export class ModelCheckpoint implements Callback {
  readonly #path: string;
  readonly #options: ParamsOf<typeof spec>;
  readonly #monitor: Monitor;
  #best: number | undefined;
  #epoch = 0;
  #batches = 0;
  /** Only where it saves by batches. */
  onBatchEnd?: NonNullable<Callback['onBatchEnd']>;

  /**
   * @param path may hold `{epoch}` (from 1), `{batch}` and logs, with Python's formats of numbers
   * @throws InvalidParamError on options that are wrong
   */
  constructor(path: string, options: ModelCheckpointOptions = {}) {
    this.#path = path;
    this.#options = checkParams('ModelCheckpoint', spec, options);
    this.#monitor = new Monitor('ModelCheckpoint', this.#options);
    this.#best = this.#options.initialValueThreshold ?? undefined;
    const { saveFreq } = this.#options;
    if (saveFreq !== 'epoch') this.onBatchEnd = (...given) => this.#countBatch(saveFreq, ...given);
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  async #countBatch(saveFreq: number, batch: number, logs: Logs, context: TrainingContext): Promise<void> {
    if (++this.#batches < saveFreq) return;
    this.#batches = 0;
    await this.#save({ ...logs, epoch: this.#epoch + 1, batch: batch + 1 }, logs, context);
  }

  async onEpochEnd(epoch: number, logs: Logs, context: TrainingContext): Promise<void> {
    if (this.#options.saveFreq === 'epoch') await this.#save({ ...logs, epoch: epoch + 1 }, logs, context);
  }

  async #save(values: Logs, logs: Logs, context: TrainingContext): Promise<void> {
    if (this.#options.saveBestOnly) {
      const current = this.#monitor.read(logs);
      if (current !== undefined && !this.#monitor.isBetter(current, this.#best, context)) return;
      this.#best = current ?? this.#best;
    }
    const path = fillTemplate(this.#path, values);
    const { mkdir } = await import('node:fs/promises');
    const { dirname } = await import('node:path');
    await mkdir(dirname(path), { recursive: true });
    const { model, optimizer, scaler } = context;
    if (this.#options.saveWeightsOnly) await saveWeights(model, path);
    else await saveCheckpoint(path, { model, optimizer, ...(scaler === undefined ? {} : { scaler }) }, { ...values });
  }
}
