/**
 * A parameter's name, doc, type, default and rule are written once, in an estimator's `spec`: a record of rules made
 * by the functions below. `ParamsOf` reads the types off it, `checkParams` the values.
 */
import { InvalidParamError, show } from '../errors/index.ts';

/** What one parameter may be. */
export interface Rule<T> {
  /** Undefined where the parameter must be given. */
  readonly default: T | undefined;
  /** Completes "⟨name⟩ must be ...". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** Biome and the compiler agree that only here a rule's type is left open: a spec holds rules of all types. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Spec = Readonly<Record<string, Rule<any>>>;

/** The parameters that a spec describes. */
export type ParamsOf<S extends Spec> = { readonly [K in keyof S]: S[K] extends Rule<infer T> ? T : never };

/** What a caller gives of these parameters: all may be left out but those named. */
export type OptionsOf<S extends Spec, Given extends keyof S = never> = Partial<Omit<ParamsOf<S>, Given>> &
  Pick<ParamsOf<S>, Given>;

interface Range {
  /** Least allowed value. */
  readonly min?: number;
  /** Greatest allowed value. */
  readonly max?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  /** The value must be less than this. */
  readonly below?: number;
}

/** A whole number within bounds. Without a default it must be given. */
export function integer(options: Range & { readonly default?: number }): Rule<number> {
  return {
    default: options.default,
    expected: `an integer${describe(options)}`,
    accepts: value => Number.isSafeInteger(value) && isWithin(value as number, options),
  };
}

/** A finite number within bounds (infinite where `max: Infinity` says so). Without a default it must be given. */
export function real(options: Range & { readonly default?: number }): Rule<number> {
  return {
    default: options.default,
    expected: `a number${describe(options)}`,
    accepts: value => typeof value === 'number' && isReal(value, options) && isWithin(value, options),
  };
}

/** One of a list of literals. */
export function oneOf<const T extends string | number | boolean | null>(
  values: readonly T[],
  options: { readonly default: NoInfer<T> },
): Rule<T> {
  return {
    default: options.default,
    expected: values.length === 1 ? show(values[0]) : `one of ${show(values)}`,
    accepts: value => values.includes(value as T),
  };
}

export function boolean(options: { readonly default: boolean }): Rule<boolean> {
  return { default: options.default, expected: 'true or false', accepts: value => typeof value === 'boolean' };
}

export function text(options: { readonly default: string }): Rule<string> {
  return { default: options.default, expected: 'a string', accepts: value => typeof value === 'string' };
}

/** Either of two rules; the default is the first one's unless given. */
export function either<A, B>(a: Rule<A>, b: Rule<B>, options?: { readonly default: A | B }): Rule<A | B> {
  return {
    default: options === undefined ? a.default : options.default,
    expected: `${a.expected} or ${b.expected}`,
    accepts: value => a.accepts(value) || b.accepts(value),
  };
}

/** `null`, or what the rule allows; the default is `null` unless given. */
export function nullable<T>(
  rule: Rule<T>,
  options: { readonly default: T | null } = { default: null },
): Rule<T | null> {
  return either<T | null, T>({ default: null, expected: 'null', accepts: value => value === null }, rule, options);
}

/** A share strictly between 0 and 1; counts are whole numbers, and the whole is `null`. */
export function share(options: { readonly default: number }): Rule<number> {
  return {
    default: options.default,
    expected: 'a share between 0 and 1, both exclusive',
    accepts: value => typeof value === 'number' && value > 0 && value < 1,
  };
}

/** A list whose every element obeys a rule. Without a default it must be given. */
export function listOf<T>(rule: Rule<T>, options: { readonly default?: readonly T[] } = {}): Rule<readonly T[]> {
  return {
    default: options.default,
    expected: `a list, each ${rule.expected}`,
    accepts: value => isList(value) && Array.from(value).every(item => rule.accepts(item)),
  };
}

/** A value that satisfies a test of its own; `expected` completes "⟨name⟩ must be ...". */
export function value<T>(options: {
  readonly default: T;
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}): Rule<T> {
  return options;
}

function isList(candidate: unknown): candidate is ArrayLike<unknown> {
  return Array.isArray(candidate) || (ArrayBuffer.isView(candidate) && !(candidate instanceof DataView));
}

function isReal(number: number, { max, min }: Range): boolean {
  if (Number.isFinite(number)) return true;
  return number === Infinity ? max === Infinity : number === -Infinity && min === -Infinity;
}

function isWithin(number: number, { min, max, above, below }: Range): boolean {
  if (min !== undefined && number < min) return false;
  if (max !== undefined && number > max) return false;
  if (above !== undefined && number <= above) return false;
  return below === undefined || number < below;
}

function describe({ min, max, above, below }: Range): string {
  const parts = [
    ...(min === undefined || min === -Infinity ? [] : [`>= ${min}`]),
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(max === undefined || max === Infinity ? [] : [`<= ${max}`]),
    ...(below === undefined ? [] : [`< ${below}`]),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`;
}

/**
 * The complete, frozen parameters from what a caller gave.
 *
 * @throws InvalidParamError on parameters that are no object, an unknown name, and a value that its rule refuses.
 */
export function checkParams<S extends Spec>(owner: string, spec: S, given: object): ParamsOf<S> {
  if (typeof given !== 'object' || given === null) {
    throw new InvalidParamError({
      action: `make ${owner}`,
      rule: 'parameters must be given as an object',
      received: show(given),
    });
  }
  const values = given as Record<string, unknown>;
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(spec, name)) throw unknownParam(owner, name, Object.keys(spec));
  }
  const complete: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(spec)) {
    const candidate = Object.hasOwn(values, name) && values[name] !== undefined ? values[name] : rule.default;
    const isDefault = candidate !== undefined && Object.is(candidate, rule.default);
    complete[name] = isDefault ? candidate : checkParam(owner, name, rule, candidate);
  }
  return Object.freeze(complete) as ParamsOf<S>;
}

/** @throws InvalidParamError unless the value is what the rule allows. */
export function checkParam<T>(owner: string, name: string, rule: Rule<T>, candidate: unknown): T {
  if (rule.accepts(candidate)) return candidate as T;
  throw new InvalidParamError({
    action: `make ${owner}`,
    rule: `${name} must be ${rule.expected}`,
    received: show(candidate),
  });
}

/** The error for a parameter name that does not exist, with the nearest one that does. */
export function unknownParam(owner: string, name: string, known: readonly string[]): InvalidParamError {
  return new InvalidParamError({
    action: `make ${owner}`,
    rule: `parameter names must be among ${known.length === 0 ? '(none)' : known.join(', ')}`,
    received: show(name),
    ...suggestion(name, known),
  });
}

/** The repair of a misspelt name: the nearest one that is known, if any is near. */
export function suggestion(name: unknown, known: readonly string[]): { readonly repair?: string } {
  const nearest = typeof name === 'string' ? nearestName(name, known) : undefined;
  return nearest === undefined ? {} : { repair: `did you mean ${show(nearest)}?` };
}

/** The known name with the fewest edits, if at most a third of its letters differ. */
function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map(candidate => ({ candidate, edits: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, candidate.length / 3))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

/** Levenshtein's distance, one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
