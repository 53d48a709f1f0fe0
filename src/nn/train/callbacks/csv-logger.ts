import { boolean, checkParams, type OptionsOf, type ParamsOf, text } from '../../../check/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
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
    const { mkdir, readFile, writeFile } = await import('node:fs/promises');
    const { dirname } = await import('node:path');
    await mkdir(dirname(this.#path), { recursive: true });
    this.#names = undefined;
    const before = this.#options.append ? await readFile(this.#path, 'utf8').catch(() => '') : '';
    this.#hasHeader = before !== '';
    if (!this.#hasHeader) await writeFile(this.#path, '');
  }

  async onEpochEnd(epoch: number, logs: Logs, context: TrainingContext): Promise<void> {
    const { appendFile } = await import('node:fs/promises');
    const { separator } = this.#options;
    this.#names ??= columnsOf(logs, context.validates === true);
    const row = [epoch, ...this.#names.map(name => logs[name] ?? 'NA')];
    const lines = this.#hasHeader ? [row] : [['epoch', ...this.#names], row];
    this.#hasHeader = true;
    await appendFile(
      this.#path,
      lines.map(line => `${line.map(cell => quoted(String(cell), separator)).join(separator)}\n`).join(''),
    );
  }
}

/**
 * The names of the logs, and where the first epoch has not been validated but later ones will be, of their validation
 * too. (Keras, which does not know, has these columns always.)
 */
function columnsOf(logs: Logs, validates: boolean): readonly string[] {
  const names = Object.keys(logs).sort();
  return !validates || names.some(name => name.startsWith('val_'))
    ? names
    : [...names, ...names.map(name => `val_${name}`)];
}

function quoted(cell: string, separator: string): string {
  const isPlain = !cell.includes(separator) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
