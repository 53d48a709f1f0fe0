import { compareLabels } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** Terms in the order of their columns, or with the column of each. */
export type VocabularyLike = readonly string[] | ReadonlyMap<string, number> | Readonly<Record<string, number>>;

/** Whether terms are different and their columns 0, 1, ..., none left out. */
export function isVocabulary(candidate: unknown): boolean {
  if (typeof candidate !== 'object' || candidate === null) return false;
  if (Array.isArray(candidate)) {
    return candidate.length > 0 && candidate.every(isText) && new Set(candidate).size === candidate.length;
  }
  const entries = entriesOf(candidate as Exclude<VocabularyLike, readonly string[]>);
  const columns = new Set(entries.map(([, column]) => column));
  return entries.length > 0 && entries.every(([term], k) => isText(term) && columns.has(k));
}

/** The terms in the order of their columns. */
export function termsOf(vocabulary: VocabularyLike): readonly string[] {
  if (Array.isArray(vocabulary)) return vocabulary;
  const entries = entriesOf(vocabulary as Exclude<VocabularyLike, readonly string[]>);
  return [...entries].sort(([, a], [, b]) => a - b).map(([term]) => term);
}

function entriesOf(vocabulary: ReadonlyMap<string, number> | Readonly<Record<string, number>>) {
  return vocabulary instanceof Map
    ? [...(vocabulary as ReadonlyMap<string, number>)]
    : Object.entries(vocabulary as Readonly<Record<string, number>>);
}

function isText(term: unknown): boolean {
  return typeof term === 'string';
}

const positions = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The column of each term; made once for a list. */
export function columnsOf(terms: readonly string[]): ReadonlyMap<string, number> {
  const known = positions.get(terms) ?? new Map(terms.map((term, j) => [term, j]));
  positions.set(terms, known);
  return known;
}

/** How often each term occurs, and in how many documents. */
export interface TermCounts {
  readonly terms: readonly string[];
  readonly occurrences: Float64Array;
  readonly documents: Float64Array;
}

export interface TermLimits {
  readonly minDf: number;
  readonly maxDf: number | null;
  readonly maxFeatures: number | null;
}

/**
 * The terms that a vocabulary holds, in the order of their code points.
 *
 * @param nDocuments what shares are shares of
 * @throws InvalidInputError if no term is left
 */
export function chooseTerms(counts: TermCounts, limits: TermLimits, nDocuments: number, action: string): string[] {
  const { terms, occurrences, documents } = counts;
  const [least, most] = [countOf(limits.minDf, nDocuments), countOf(limits.maxDf ?? nDocuments, nDocuments)];
  if (most < least) {
    const rule = `maxDf must not mean fewer documents than minDf, of ${nDocuments}`;
    throw new InvalidInputError({ action, rule, received: `${show(limits.maxDf)} and ${limits.minDf}` });
  }
  const kept = terms.map((_, k) => k).filter(k => documents[k]! >= least && documents[k]! <= most);
  const inOrder = kept.sort((a, b) => compareLabels(terms[a]!, terms[b]!));
  const frequent =
    limits.maxFeatures === null || inOrder.length <= limits.maxFeatures
      ? inOrder
      : [...inOrder].sort((a, b) => occurrences[b]! - occurrences[a]!).slice(0, limits.maxFeatures);
  const chosen = new Set(frequent);
  const result = inOrder.filter(k => chosen.has(k)).map(k => terms[k]!);
  if (result.length > 0) return result;
  throw new InvalidInputError({
    action,
    rule: 'the documents must hold a term',
    received: terms.length === 0 ? 'none' : `${terms.length} terms, all left out by minDf and maxDf`,
    repair: terms.length === 0 ? 'they may consist of stop words' : 'lower minDf, or raise maxDf',
  });
}

function countOf(limit: number, nDocuments: number): number {
  return limit < 1 ? limit * nDocuments : limit;
}
