import { boolean, checkParams, type OptionsOf, type ParamsOf, text } from '../../../check/index.ts';
import type { Callback } from '../callback.ts';
import type { Logs } from '../history.ts';

const spec = {
  /** Default `','`. */
  separator: text({ default: ',' }),
  /** Go on after what the file holds, without another header. Default false. */
  append: boolean({ default: false }),
};

export type CSVLoggerOptions = OptionsOf<typeof spec>;

/** Writes a row of numbers for each epoch to a file (Node only), logs in the order of their names. */
export class CSVLogger implements Callback {
  readonly #path: string;
  readonly #options: ParamsOf<typeof spec>;
  #names: readonly string[] | undefined;
  #hasHeader = false;

  /** @throws InvalidParamError on options that are wrong */
  constructor(path: string, options: CSVLoggerOptions = {}) {
    this.#path = path;
    this.#options = checkParams('CSVLogger', spec, options);
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
    const { separator } = this.#options;
    this.#names ??= Object.keys(logs).sort();
    const row = [epoch, ...this.#names.map(name => logs[name] ?? 'NA')];
    const lines = this.#hasHeader ? [row] : [['epoch', ...this.#names], row];
    this.#hasHeader = true;
    await appendFile(this.#path, lines.map(line => `${line.join(separator)}\n`).join(''));
  }
}
