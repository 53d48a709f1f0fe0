import { scalarRecord, versionRecord } from './event-file.ts';

/** Makes names of files differ where one process writes several in a second. */
let written = 0;

/**
 * Writes scalars to an event file (Node only) that TensorBoard shows: `tensorboard --logdir FOLDER`. Records are kept
 * until `flush` or `close`.
 *
 * @example
 * import { SummaryWriter } from 'fitwise/nn';
 * const writer = new SummaryWriter('build/runs/first');
 * writer.addScalar('loss', 0.25, 1);
 * await writer.close();
 */
export class SummaryWriter {
  readonly #folder: string;
  #path: string | undefined;
  #pending: Uint8Array[] = [];

  /** @param folder of one run; made where it is missing */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param step a whole number >= 0: the epoch, or the count of batches */
  addScalar(tag: string, value: number, step: number): void {
    this.#pending.push(scalarRecord({ wallTime: Date.now() / 1000, step, tag, value }));
  }

  /** Writes what was added since the last time. */
  async flush(): Promise<void> {
    const { appendFile, mkdir, writeFile } = await import('node:fs/promises');
    const { hostname } = await import('node:os');
    if (this.#path === undefined) {
      await mkdir(this.#folder, { recursive: true });
      const seconds = Date.now() / 1000;
      const name = `events.out.tfevents.${Math.floor(seconds)}.${hostname()}.${process.pid}.${written++}`;
      this.#path = `${this.#folder}/${name}`;
      await writeFile(this.#path, versionRecord(seconds));
    }
    const records = this.#pending;
    this.#pending = [];
    for (const bytes of records) await appendFile(this.#path, bytes);
  }

  /** The last {@link flush}; a writer that goes on after it goes on in the same file. */
  close(): Promise<void> {
    return this.flush();
  }
}
