import { boolean, either, integer, listOf, nullable, oneOf, share, text, value } from '../check/index.ts';
import type { NgramRange } from './n-grams.ts';
import { isTokenPattern } from './token-pattern.ts';
import { isVocabulary, type VocabularyLike } from './vocabulary.ts';

/** Parameters that the vectorizers of texts share. */
export const textSpec = {
  /** Removes accents: `'ascii'` and whatever is not ASCII then, `'unicode'` accents alone; or a function. */
  stripAccents: either(
    nullable(oneOf(['ascii', 'unicode'], { default: 'ascii' })),
    functionRule<(text: string) => string>(),
  ),
  /** Turn letters into small ones before anything else. */
  lowercase: boolean({ default: true }),
  /** A function in place of `stripAccents` and `lowercase`. */
  preprocessor: nullable(functionRule<(text: string) => string>()),
  /** A function in place of `tokenPattern`. */
  tokenizer: nullable(functionRule<(text: string) => readonly string[]>()),
  /** Words that are no terms: a list, or `'english'` for a built-in one. */
  stopWords: nullable(either(oneOf(['english'], { default: 'english' }), listOf(text({ default: '' })))),
  /**
   * What a word is: a regular expression with Python's Unicode meaning of `\w`, `\d`, `\s`, `\b`. Where it has a group,
   * the word is what the group holds.
   */
  tokenPattern: value<string>({
    default: '\\b\\w\\w+\\b',
    expected: 'a regular expression with at most 1 capturing group, and no \\W, \\S, \\B, \\A or \\Z within brackets',
    accepts: isTokenPattern,
  }),
  /** Fewest and most words (or characters) that make a term. */
  ngramRange: value<NgramRange>({
    default: [1, 1],
    expected: 'two whole numbers >= 1, the lower first',
    accepts: pair => Array.isArray(pair) && pair.length === 2 && pair.every(isLength) && pair[0] <= pair[1],
  }),
  /** Terms are words, characters (`'char'`), characters within words (`'char_wb'`), or what a function gives. */
  analyzer: either(
    oneOf(['word', 'char', 'char_wb'], { default: 'word' }),
    functionRule<(document: string) => readonly string[]>(),
  ),
  /** Terms in more documents than this are left out: a share of the documents, a count from 1 up, or null for none. */
  maxDf: nullable(either(integer({ min: 1 }), share({ default: 0.5 }))),
  /** Terms in fewer documents than this are left out: a share of the documents, or a count from 1 up. */
  minDf: either(integer({ min: 1, default: 1 }), share({ default: 0.5 })),
  /** Keep only so many terms, the most frequent ones; of equally frequent ones those that come first in the alphabet. */
  maxFeatures: nullable(integer({ min: 1 })),
  /** The terms, in place of those of the documents: a list, or a record or Map from terms to columns. */
  vocabulary: nullable(
    value<VocabularyLike>({
      default: [],
      expected: 'a list of different terms, or a record or Map from terms to the columns 0, 1, ...',
      accepts: isVocabulary,
    }),
  ),
  /** Whether terms occur or not, in place of how often. */
  binary: boolean({ default: false }),
};

function isLength(candidate: unknown): boolean {
  return Number.isSafeInteger(candidate) && (candidate as number) >= 1;
}

function functionRule<F>() {
  return value<F>({
    default: undefined as F,
    expected: 'a function',
    accepts: candidate => typeof candidate === 'function',
  });
}
