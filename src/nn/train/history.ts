/** What was measured: `loss`, the metrics by their names, and the same of the validation data with `val_` before. */
export type Logs = Readonly<Record<string, number>>;

/** The course of a training, epoch by epoch. */
export class History {
  /** Numbers of the epochs, from 0. */
  readonly epochs: number[] = [];
  /** One value per epoch; NaN in epochs that did not measure it. */
  readonly values: Record<string, number[]> = {};

  add(epoch: number, logs: Logs): void {
    const before = this.epochs.length;
    this.epochs.push(epoch);
    for (const name of Object.keys(logs)) this.values[name] ??= new Array<number>(before).fill(Number.NaN);
    for (const [name, list] of Object.entries(this.values)) list.push(logs[name] ?? Number.NaN);
  }
}

/** What was measured on the validation data, by the names that it has among the logs of an epoch. */
export function asValidation(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
