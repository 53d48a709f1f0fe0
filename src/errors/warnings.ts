import { InvalidParamError } from './errors.ts';
import { show } from './sentence.ts';

/** What a warning is about. */
export type WarningKind =
  | 'convergence'
  | 'undefined-metric'
  | 'failed-fit'
  | 'data-conversion'
  | 'feature-names'
  | 'user';

/** One warning: plain, so that it crosses threads unchanged. */
export interface Warning {
  readonly kind: WarningKind;
  /** The function or estimator that speaks: `LogisticRegression`, `precisionScore`. */
  readonly source: string;
  readonly message: string;
}

export type WarningHandler = (warning: Warning) => void;

/** An optimiser stopped before it met its tolerance. */
export function convergenceWarning(source: string, message: string): Warning {
  return { kind: 'convergence', source, message };
}

let handlers: readonly WarningHandler[] = [];
const printed = new Set<string>();

/** Sends a warning to the innermost handler, or prints it once where there is none. */
export function warn(warning: Warning): void {
  const handler = handlers[handlers.length - 1];
  if (handler !== undefined) {
    handler(warning);
    return;
  }
  const line = `${warning.source}: ${warning.message}`;
  if (printed.has(line)) return;
  printed.add(line);
  console.warn(line);
}

/**
 * Sends all further warnings to `handler` instead of the console, until the returned function is called.
 *
 * @example
 * import { onWarning } from 'fitwise';
 * const log: string[] = [];
 * const stop = onWarning(warning => log.push(warning.message));
 * stop();
 */
export function onWarning(handler: WarningHandler): () => void {
  checkFunction(handler, 'handle warnings', 'handler');
  const own: WarningHandler = warning => handler(warning);
  handlers = [...handlers, own];
  return () => {
    handlers = handlers.filter(other => other !== own);
  };
}

/** Runs `body` and gives its result together with the warnings it raised, none of which is printed. */
export async function captureWarnings<T>(body: () => T | Promise<T>): Promise<{ result: T; warnings: Warning[] }> {
  checkFunction(body, 'capture warnings', 'body');
  const warnings: Warning[] = [];
  const stop = onWarning(warning => warnings.push(warning));
  try {
    return { result: await body(), warnings };
  } finally {
    stop();
  }
}

function checkFunction(given: unknown, action: string, name: string): void {
  if (typeof given === 'function') return;
  throw new InvalidParamError({ action, rule: `${name} must be a function`, received: show(given) });
}
