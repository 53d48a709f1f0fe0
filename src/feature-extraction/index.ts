export { CountVectorizer, type CountVectorizerParams } from './count-vectorizer.ts';
export { ENGLISH_STOP_WORDS } from './english-stop-words.ts';
export type { NgramRange } from './n-grams.ts';
export { TfidfTransformer, type TfidfTransformerParams } from './tfidf-transformer.ts';
export { TfidfVectorizer, type TfidfVectorizerParams } from './tfidf-vectorizer.ts';
export type { VocabularyLike } from './vocabulary.ts';
