import { allowedDifference, type Case } from './case.ts';
import { compare, type Floors } from './compare.ts';
import { type Plain, toPlain } from './encode.ts';

/** What became of one case. */
export interface Verdict {
  readonly passed: boolean;
  readonly worst: number;
  readonly allowed: number;
  /** Why it failed, in one line; empty where it passed. */
  readonly reason: string;
}

/** Refusing input is an error of the library's own; anything else (a TypeError, say) is a defect. */
const REFUSALS = new Set([
  'InvalidParamError',
  'InvalidInputError',
  'NotFittedError',
  'UnsupportedError',
  'InvalidFileError',
]);

const FLOORS = { floor: 1e-3, neighbourShare: 1e-3 };

/** Our result, or the error in the form that the oracle gives it. */
export async function evaluate(item: Case): Promise<Plain> {
  try {
    return toPlain(await item.ours());
  } catch (error) {
    return { $error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Below what size a case's numbers are compared absolutely. */
export function floorsOf(item: Case): Floors {
  return { floor: item.floor ?? FLOORS.floor, neighbourShare: item.neighbourShare ?? FLOORS.neighbourShare };
}

/** Compares scikit-learn's result of a case with ours. */
export function judge(item: Case, expected: Plain, received: Plain): Verdict {
  const allowed = allowedDifference(item);
  const [theirs, ours] = [errorOf(expected), errorOf(received)];
  const verdict = (reason: string, worst = reason === '' ? 0 : Infinity): Verdict => ({
    passed: reason === '',
    worst,
    allowed,
    reason,
  });
  if (item.expectError === 'alike' ? theirs !== undefined : item.expectError) {
    if (ours === undefined)
      return verdict(`ours gave a result where an error was due${theirs === undefined ? '' : `: ${theirs}`}`);
    if (!REFUSALS.has(ours.split(':')[0]!)) return verdict(`ours failed rather than refuse: ${ours}`);
    if (theirs === undefined && item.expectError === true) return verdict('scikit-learn gave a result, ours an error');
    return verdict('');
  }
  if (theirs !== undefined) return verdict(`scikit-learn raised ${theirs}`);
  if (ours !== undefined) return verdict(`ours threw ${ours}`);
  const { worst, path, expected: a, received: b } = compare(expected, received, floorsOf(item));
  if (worst <= allowed) return verdict('', worst);
  return verdict(`${path || 'result'}: scikit-learn ${show(a)}, ours ${show(b)}`, worst);
}

function errorOf(value: Plain): string | undefined {
  const isError = typeof value === 'object' && value !== null && '$error' in value;
  return isError ? String(value.$error) : undefined;
}

function show(value: Plain): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
