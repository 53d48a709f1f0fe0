/**
 * Regular expressions as Python's `re` reads them: `\w`, `\d`, `\s` and `\b` speak of all of Unicode, where JavaScript's
 * own know ASCII (and `\s` another list of spaces).
 */
import { assert } from '../errors/index.ts';

const WORD = '\\p{L}\\p{N}_';
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** What stands for an escape outside of brackets, and within them, where nothing can be negated. */
const CLASSES: Readonly<Record<string, readonly [outside: string, within: string | null]>> = {
  w: [`[${WORD}]`, WORD],
  W: [`[^${WORD}]`, null],
  d: ['\\p{Nd}', '\\p{Nd}'],
  D: ['\\P{Nd}', '\\P{Nd}'],
  s: [`[${SPACE}]`, SPACE],
  S: [`[^${SPACE}]`, null],
  b: [`(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`, '\\x08'],
  B: [`(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`, null],
  A: ['^', null],
  Z: ['$', null],
};

/** Any character but a line feed; the end, or before a last line feed. */
const SIGNS: Readonly<Record<string, string>> = { '.': '[^\\n]', $: '(?=\\n?$)' };

/** Runs of what Python's `\s` matches. */
export const SPACES = new RegExp(`[${SPACE}]+`, 'gu');
/** Two or more of them. */
export const WIDE_SPACES = new RegExp(`[${SPACE}]{2,}`, 'gu');

/** Whether a pattern can be read, and has at most one capturing group. */
export function isTokenPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  const expression = compile(pattern);
  return expression !== undefined && groupsOf(expression) <= 1;
}

/** A function that finds the tokens of a text: all matches, or what the pattern's only group captures in them. */
export function tokenizerOf(pattern: string): (text: string) => string[] {
  const expression = compile(pattern);
  assert(expression !== undefined, 'a token pattern has been checked');
  const groups = groupsOf(expression);
  return text => Array.from(text.matchAll(expression), match => match[groups] ?? '');
}

/** JavaScript's form of a pattern; undefined where it has none. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(translated(pattern.replace(/^\(\?u\)/, '')), 'gu');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function groupsOf({ source }: RegExp): number {
  return new RegExp(`${source}|`, 'u').exec('')!.length - 1;
}

function translated(pattern: string): string {
  let isWithin = false;
  return pattern.replace(/\\([\s\S])|[[\].$]/g, (part, letter?: string) => {
    if (letter === undefined) {
      if (isWithin && part !== ']') return part;
      isWithin = part === '[';
      return SIGNS[part] ?? part;
    }
    if (!Object.hasOwn(CLASSES, letter)) return needsBackslash(letter, isWithin) ? part : letter;
    const meaning = CLASSES[letter]![isWithin ? 1 : 0];
    if (meaning === null) throw new SyntaxError(`${part} within brackets`);
    return meaning!;
  });
}

/** JavaScript refuses a backslash before what needs none. */
function needsBackslash(letter: string, isWithin: boolean): boolean {
  return /[\w\\^$.*+?()[\]{}|/]/.test(letter) || (isWithin && letter === '-');
}
