import { InvalidInputError, show } from '../errors/index.ts';

/** Whether and how output features carry the name of the transformer that made them. */
export type VerboseNames = boolean | string | ((transformerName: string, featureName: string) => string);

/**
 * Names of the output of transformers side by side: `transformer__feature`, bare, by a function, or by a text in which
 * `{transformerName}` and `{featureName}` are replaced.
 *
 * @throws InvalidInputError if bare names repeat.
 */
export function branchNames(
  owner: string,
  branches: readonly { readonly name: string; readonly features: readonly string[] }[],
  verbose: VerboseNames,
): string[] {
  const make = nameMaker(verbose);
  const names = branches.flatMap(({ name, features }) => features.map(feature => make(name, feature)));
  if (verbose !== false) return names;
  const repeated = [...new Set(names.filter((name, j) => names.indexOf(name) !== j))].sort();
  if (repeated.length === 0) return names;
  throw new InvalidInputError({
    action: `name the output features of ${owner}`,
    rule: 'bare names must be unique',
    received: `${show(repeated)} more than once`,
    repair: 'set verboseFeatureNamesOut to true',
  });
}

function nameMaker(verbose: VerboseNames): (transformerName: string, featureName: string) => string {
  if (typeof verbose === 'function') return verbose;
  if (verbose === false) return (_, feature) => feature;
  const pattern = verbose === true ? '{transformerName}__{featureName}' : verbose;
  return (name, feature) =>
    pattern.replace(/\{(transformerName|featureName)\}/g, (_, word) => (word === 'featureName' ? feature : name));
}
