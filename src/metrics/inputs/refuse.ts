import { InvalidInputError, InvalidParamError, warn } from '../../errors/index.ts';

/** What is wrong, in the parts of an error sentence. */
interface Fault {
  readonly rule: string;
  readonly received?: string;
  readonly repair?: string;
}

/** The error for data of which a metric cannot be computed. */
export function badInput(metric: string, fault: Fault): InvalidInputError {
  return new InvalidInputError({ action: `compute ${metric}`, ...fault });
}

/** The error for an option of a metric outside its rule. */
export function badOption(metric: string, fault: Fault): InvalidParamError {
  return new InvalidParamError({ action: `compute ${metric}`, ...fault });
}

/** Warns that a metric has no value for these data, and says what stands in its place. */
export function warnUndefined(metric: string, message: string): void {
  warn({ kind: 'undefined-metric', source: metric, message });
}

/** Warns of data or options that are probably not what was meant. */
export function warnUser(metric: string, message: string): void {
  warn({ kind: 'user', source: metric, message });
}
