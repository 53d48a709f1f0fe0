import { type EstimatorClass, resolveClassesWith } from '../core/index.ts';
import { CLASSES } from './generated/classes.ts';

/** Ids of all built-in estimator classes. */
export function knownIds(): string[] {
  return Object.keys(CLASSES);
}

/** The built-in class with an id; its module is loaded on first use. */
export async function builtInClass(id: string): Promise<EstimatorClass | undefined> {
  return Object.hasOwn(CLASSES, id) ? await CLASSES[id]!() : undefined;
}

/** Lets models and tasks name built-in classes. */
export function useBuiltInClasses(): void {
  resolveClassesWith(builtInClass);
}
