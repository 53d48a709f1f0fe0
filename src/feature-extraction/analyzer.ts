import type { ParamsOf } from '../check/index.ts';
import { warn } from '../errors/index.ts';
import { ENGLISH_STOP_WORDS } from './english-stop-words.ts';
import { charNgrams, charNgramsWithinWords, wordNgrams } from './n-grams.ts';
import { stripAccentsAscii, stripAccentsUnicode } from './strip-accents.ts';
import { textSpec } from './text-spec.ts';
import { tokenizerOf } from './token-pattern.ts';

export type TextParams = ParamsOf<typeof textSpec>;

/** From a document to its terms, each as often as it occurs. */
export type Analyzer = (document: string) => readonly string[];

/** What a vectorizer's parameters make of a document. */
export function analyzerOf(params: TextParams): Analyzer {
  const { analyzer, ngramRange } = params;
  if (typeof analyzer === 'function') return analyzer;
  const prepare = preprocessorOf(params);
  if (analyzer === 'char') return document => charNgrams(prepare(document), ngramRange);
  if (analyzer === 'char_wb') return document => charNgramsWithinWords(prepare(document), ngramRange);
  const tokenize = params.tokenizer ?? tokenizerOf(params.tokenPattern);
  const stopWords = stopWordsOf(params);
  return document => {
    const tokens = tokenize(prepare(document));
    return wordNgrams(stopWords === null ? tokens : tokens.filter(token => !stopWords.has(token)), ngramRange);
  };
}

function preprocessorOf({ preprocessor, lowercase, stripAccents }: TextParams): (text: string) => string {
  if (preprocessor !== null) return preprocessor;
  const strip =
    stripAccents === 'ascii' ? stripAccentsAscii : stripAccents === 'unicode' ? stripAccentsUnicode : stripAccents;
  return text => {
    const cased = lowercase ? text.toLowerCase() : text;
    return strip === null ? cased : strip(cased);
  };
}

function stopWordsOf({ stopWords }: TextParams): ReadonlySet<string> | null {
  return stopWords === null ? null : new Set(stopWords === 'english' ? ENGLISH_STOP_WORDS : stopWords);
}

/** Warns, as scikit-learn does, of parameters that have no effect beside others, and of stop words that cannot occur. */
export function warnOfIdleParams(source: string, params: TextParams): void {
  const isWord = params.analyzer === 'word';
  const isOwn = typeof params.analyzer === 'function';
  const isFixed = params.vocabulary !== null;
  const isChanged = (name: keyof TextParams) => params[name] !== textSpec[name].default;
  const idle = [
    [params.tokenizer !== null && isChanged('tokenPattern'), 'tokenPattern', 'tokenizer is given'],
    [isOwn && params.preprocessor !== null, 'preprocessor', 'analyzer is a function'],
    [isOwn && isChanged('ngramRange'), 'ngramRange', 'analyzer is a function'],
    [!isWord && params.stopWords !== null, 'stopWords', "analyzer is not 'word'"],
    [!isWord && params.tokenizer !== null, 'tokenizer', "analyzer is not 'word'"],
    [!isWord && isChanged('tokenPattern'), 'tokenPattern', "analyzer is not 'word'"],
    [isFixed && isChanged('minDf'), 'minDf', 'a vocabulary is given'],
    [isFixed && isChanged('maxDf'), 'maxDf', 'a vocabulary is given'],
    [isFixed && isChanged('maxFeatures'), 'maxFeatures', 'a vocabulary is given'],
  ] as const;
  for (const [isIdle, name, reason] of idle) {
    if (isIdle) warn({ kind: 'user', source, message: `${name} has no effect where ${reason}` });
  }
  if (isWord) warnOfStopWords(source, params);
}

function warnOfStopWords(source: string, params: TextParams): void {
  const stopWords = stopWordsOf(params);
  if (stopWords === null) return;
  const terms = analyzerOf({ ...params, stopWords: null, ngramRange: [1, 1] });
  const stray = [...stopWords].flatMap(word => terms(word)).filter(term => !stopWords.has(term));
  if (stray.length === 0) return;
  const message = `stopWords do not hold what the documents are cut into: ${[...new Set(stray)].sort().join(', ')}`;
  warn({ kind: 'user', source, message });
}
