/** Names of distances, apart from the distances: whoever only checks a name goes without these. */

const NUMERIC = [
  'euclidean',
  'l2',
  'sqeuclidean',
  'manhattan',
  'l1',
  'cityblock',
  'chebyshev',
  'cosine',
  'correlation',
  'canberra',
  'braycurtis',
  'hamming',
  'nanEuclidean',
  'haversine',
] as const;

/** Distances between numbers that take no parameters. */
export type NumericDistanceName = (typeof NUMERIC)[number];

const BOOLEAN = ['dice', 'jaccard', 'rogerstanimoto', 'russellrao', 'sokalsneath', 'yule'] as const;

/** Distances between rows of truth values. */
export type BooleanDistanceName = (typeof BOOLEAN)[number];

const PARAMETRIC = ['minkowski', 'seuclidean', 'mahalanobis'] as const;

/** Distances without parameters, then those with: `p`, `w` (minkowski), `V` (seuclidean), `VI` (mahalanobis). */
export type DistanceName = NumericDistanceName | BooleanDistanceName | (typeof PARAMETRIC)[number];

export const DISTANCE_NAMES: readonly DistanceName[] = [...NUMERIC, ...BOOLEAN, ...PARAMETRIC];
