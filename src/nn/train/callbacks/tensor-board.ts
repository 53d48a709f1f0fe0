import { checkParams, type OptionsOf, text } from '../../../check/index.ts';
import { SummaryWriter } from '../../files/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';
import { frequency } from './frequency.ts';

const spec = {
  /** Folder of the run. Default `'logs'`. */
  logDir: text({ default: 'logs' }),
  /** Write logs of every epoch, or also of every so many batches. Default `'epoch'`. */
  updateFreq: frequency(),
};

export type TensorBoardOptions = OptionsOf<typeof spec>;

/**
 * Writes the logs for TensorBoard (Node only), with Keras's folders and tags: `train/` and `validation/`, `epoch_loss`,
 * `batch_loss`, and the learning rate as `epoch_learning_rate`.
 */
export class TensorBoard implements Callback {
  readonly #train: SummaryWriter;
  readonly #validation: SummaryWriter;
  /** Only where batches are written. */
  onBatchEnd?: NonNullable<Callback['onBatchEnd']>;
  #batches = 0;

  /** @throws InvalidParamError on options that are wrong */
  constructor(options: TensorBoardOptions = {}) {
    const { logDir, updateFreq } = checkParams('TensorBoard', spec, options);
    this.#train = new SummaryWriter(`${logDir}/train`);
    this.#validation = new SummaryWriter(`${logDir}/validation`);
    if (updateFreq !== 'epoch') this.onBatchEnd = (_, logs) => this.#writeBatch(logs, updateFreq);
  }

  #writeBatch(logs: Logs, every: number): void {
    if (++this.#batches % every !== 0) return;
    for (const [name, value] of Object.entries(logs)) this.#train.addScalar(`batch_${name}`, value, this.#batches);
  }

  async onEpochEnd(epoch: number, logs: Logs, { optimizer }: TrainingContext): Promise<void> {
    this.#train.addScalar('epoch_learning_rate', optimizer.lr, epoch);
    let hasValidation = false;
    for (const [name, value] of Object.entries(logs)) {
      const isValidation = name.startsWith('val_');
      hasValidation ||= isValidation;
      const writer = isValidation ? this.#validation : this.#train;
      writer.addScalar(`epoch_${name.replace(/^val_/, '')}`, value, epoch);
    }
    await this.#train.flush();
    if (hasValidation) await this.#validation.flush();
  }
}
