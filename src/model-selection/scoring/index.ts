export { getScorer, getScorerNames, type ScorerName } from './named-scorers.ts';
export { type Metric, makeScorer, type ResponseMethod, type Scorer, type ScorerOptions, scoreAll } from './scorer.ts';
export {
  fromScorerNames,
  type MultiScoring,
  readScoring,
  readSingleScoring,
  type ScorerNames,
  type ScorerSet,
  type Scoring,
  toScorerNames,
} from './scoring.ts';
