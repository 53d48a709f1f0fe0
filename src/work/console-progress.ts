import { InvalidParamError, show } from '../errors/index.ts';
import type { ProgressEvent } from './work.ts';

const MAX_WIDTH = 1000;

/** Where the bar is drawn: standard error by default. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ConsoleProgressOptions {
  readonly stream?: ProgressStream;
  /** Characters of the bar itself. */
  readonly width?: number;
}

/**
 * A progress handler that draws a bar: one line that is drawn over in a terminal, a line for every tenth elsewhere.
 * It follows the task that speaks first; the parts of that task are left out.
 *
 * @example
 * import { consoleProgress, StandardScaler } from 'fitwise';
 * await new StandardScaler().fit([[1], [2]], undefined, { onProgress: consoleProgress() });
 */
export function consoleProgress(options: ConsoleProgressOptions = {}): (event: ProgressEvent) => void {
  const { stream, width } = checkProgressOptions(options);
  let task: string | undefined;
  let lastTenth = -1;
  return event => {
    task ??= event.task;
    if (event.task !== task || event.total === undefined) return;
    const share = event.total === 0 ? 1 : event.done / event.total;
    const line = `${task} ${bar(share, width)} ${event.done}/${event.total}${numbers(event.metrics)}`;
    const isLast = event.done === event.total;
    if (stream.isTTY) stream.write(`\r${line}${isLast ? '\n' : ''}`);
    else if (Math.floor(share * 10) > lastTenth) stream.write(`${line}\n`);
    lastTenth = Math.floor(share * 10);
    if (isLast) {
      task = undefined;
      lastTenth = -1;
    }
  };
}

/** Metrics, in four digits. */
function numbers(metrics: ProgressEvent['metrics'] = {}): string {
  return Object.entries(metrics)
    .map(([name, value]) => ` ${name} ${value.toPrecision(4)}`)
    .join('');
}

function checkProgressOptions(options: ConsoleProgressOptions): Required<ConsoleProgressOptions> {
  const action = 'show progress';
  if (typeof options !== 'object' || options === null) {
    throw new InvalidParamError({ action, rule: 'options must be an object', received: show(options) });
  }
  const { stream = standardError(), width = 30 } = options;
  if (typeof stream?.write !== 'function') {
    throw new InvalidParamError({ action, rule: 'stream must have a method write', received: show(stream) });
  }
  if (!(Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH)) {
    throw new InvalidParamError({
      action,
      rule: `width must be an integer from 1 to ${MAX_WIDTH}`,
      received: show(width),
    });
  }
  return { stream, width };
}

function bar(share: number, width: number): string {
  const full = Math.round(share * width);
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`;
}

function standardError(): ProgressStream {
  const { process } = globalThis as { process?: { stderr?: ProgressStream } };
  return process?.stderr ?? { write: text => console.info(text.trimEnd()) };
}
