/**
 * Classes by id, for whoever rebuilds estimators from plain data. Built-in classes are loaded lazily by a resolver
 * that a layer above sets (this layer knows no estimator); the user's own are registered as they are.
 */
import { InvalidFileError, show } from '../errors/index.ts';
import { drive, loadAll } from '../work/index.ts';
import { classIds, decode } from './decode.ts';
import type { Encoded, EstimatorClass } from './encode.ts';
import { type AnyEstimator, Estimator } from './estimator.ts';

export type ClassResolver = (id: string) => Promise<EstimatorClass | undefined>;

const own = new Map<string, EstimatorClass>();
let resolver: ClassResolver = async () => undefined;

/** Sets how built-in classes are found. */
export function resolveClassesWith(resolve: ClassResolver): void {
  resolver = resolve;
}

/** Makes classes known by their static id, for models and tasks that name them. */
export function registerClasses(classes: readonly EstimatorClass[]): void {
  for (const one of classes) own.set(one.id, one);
}

/**
 * The class with an id: one of `extra`, a registered or a built-in one.
 *
 * @throws InvalidFileError if there is none.
 */
async function classWithId(id: string, extra: readonly EstimatorClass[] = []): Promise<EstimatorClass> {
  const found = extra.find(one => one.id === id) ?? own.get(id) ?? (await resolver(id));
  if (found !== undefined) return found;
  throw new InvalidFileError({
    action: 'load a model',
    rule: 'its classes must be known',
    received: `class ${show(id)}`,
    repair: 'pass your own classes: load(path, { classes: [Mine] }), and to workers by registerModule(url)',
  });
}

/** Decodes after loading every class that the tree names, and loads what the models in it use. */
export async function decodeWithClasses(encoded: Encoded, extra: readonly EstimatorClass[] = []): Promise<unknown> {
  const ids = classIds(encoded.tree);
  const classes = new Map(await Promise.all(ids.map(async id => [id, await classWithId(id, extra)] as const)));
  const models: AnyEstimator[] = [];
  const decoded = decode(encoded, id => classes.get(id)!, models);
  const modules = models.flatMap(model => (model.isFitted ? model.lazyModules(model.exportState()!.learned) : []));
  await drive(loadAll(modules));
  return decoded;
}

/** Classes of an estimator, of everything in its parameters, and of what these say they use. */
export function classesIn(value: unknown): EstimatorClass[] {
  if (Array.isArray(value)) return value.flatMap(classesIn);
  if (!(value instanceof Estimator)) return [];
  const own = value.constructor as unknown as EstimatorClass & { readonly uses?: readonly EstimatorClass[] };
  return [own, ...(own.uses ?? []), ...Object.values(value.params).flatMap(classesIn)];
}
