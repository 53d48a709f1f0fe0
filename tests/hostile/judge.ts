/** Whether the answer to a careless call is sound: a plain result, or a refusal by one of our sentences. */
import { captureWarnings, FitwiseError, type Warning, type WarningKind } from '../../src/errors/index.ts';
import { TRAP } from './values.ts';

/** *Cannot ⟨action⟩: ⟨rule⟩, received ⟨value⟩*, without a period at the end. */
const SENTENCE = /^Cannot [a-z].*: .+, received .*[^.]$/s;

/** Runs a call; gives what is wrong with its answer, or undefined. */
export async function complaint(call: () => unknown, given: readonly unknown[]): Promise<string | undefined> {
  try {
    const { result, warnings } = await captureWarnings(async () => call());
    return complaintOf(result, warnings, given);
  } catch (error) {
    return refusalComplaint(error);
  }
}

/** What the caller's own getters throw is the caller's to see. */
function refusalComplaint(error: unknown): string | undefined {
  if (error instanceof FitwiseError) {
    return SENTENCE.test(error.message) ? undefined : `the refusal is no sentence: ${error.message}`;
  }
  return error instanceof Error && error.message === TRAP ? undefined : `threw ${String(error)}`;
}

/** Kinds of warnings with which scikit-learn gives NaN: no value for these data, no score of a fit that failed. */
const EXPLAINS_NAN: readonly WarningKind[] = ['undefined-metric', 'failed-fit'];

/** NaN may come from NaN, or be explained by a warning. */
function complaintOf(result: unknown, warnings: readonly Warning[], given: readonly unknown[]): string | undefined {
  if (!holdsNaN(result) || given.some(value => holdsNaN(value))) return undefined;
  return warnings.some(({ kind }) => EXPLAINS_NAN.includes(kind)) ? undefined : 'gave NaN';
}

function holdsNaN(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Number.isNaN(value);
  if (typeof value !== 'object' || value === null || depth > 4) return false;
  if (ArrayBuffer.isView(value)) return 'includes' in value && (value as unknown as number[]).includes(Number.NaN);
  if (!Array.isArray(value) && !isPlain(value) && !('data' in value)) return false;
  return Object.values(value).some(part => holdsNaN(part, depth + 1));
}

function isPlain(value: object): boolean {
  try {
    const prototype = Object.getPrototypeOf(value) as unknown;
    return (prototype === Object.prototype || prototype === null) && Object.keys(value).length < 1000;
  } catch {
    return false;
  }
}
