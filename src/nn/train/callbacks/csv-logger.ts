import type { Callback } from '../callback.ts';
import type { Logs } from '../history.ts';

export interface CSVLoggerOptions {
  /** Default `','`. */
  readonly separator?: string;
  /** Go on after what the file holds, without another header. Default false. */
  readonly append?: boolean;
}

/** Writes a row of numbers for each epoch to a file (Node only), logs in the order of their names. */
export class CSVLogger implements Callback {
  readonly #path: string;
  readonly #options: CSVLoggerOptions;
  #names: readonly string[] | undefined;
  #hasHeader = false;

  constructor(path: string, options: CSVLoggerOptions = {}) {
    this.#path = path;
    this.#options = options;
  }

  async onTrainBegin(): Promise<void> {
    const { readFile, writeFile } = await import('node:fs/promises');
    this.#names = undefined;
    const before = this.#options.append ? await readFile(this.#path, 'utf8').catch(() => '') : '';
    this.#hasHeader = before !== '';
    if (!this.#hasHeader) await writeFile(this.#path, '');
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const { appendFile } = await import('node:fs/promises');
    const { separator = ',' } = this.#options;
    this.#names ??= Object.keys(logs).sort();
    const row = [epoch, ...this.#names.map(name => logs[name] ?? 'NA')];
    const lines = this.#hasHeader ? [row] : [['epoch', ...this.#names], row];
    this.#hasHeader = true;
    await appendFile(this.#path, lines.map(line => `${line.join(separator)}\n`).join(''));
  }
}
