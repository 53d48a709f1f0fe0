export {
  type PartialDependence,
  type PartialDependenceOptions,
  partialDependence,
} from './partial-dependence.ts';
export {
  type Importances,
  type ImportancesOf,
  type PermutationImportanceOptions,
  permutationImportance,
} from './permutation-importance.ts';
