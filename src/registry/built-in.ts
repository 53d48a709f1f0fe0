import { type EstimatorClass, resolveClassesWith } from '../core/index.ts';
import { CLASSES } from './generated/classes.ts';

/** The built-in class with an id; its module is loaded on first use. */
async function builtInClass(id: string): Promise<EstimatorClass | undefined> {
  return Object.hasOwn(CLASSES, id) ? await CLASSES[id]!() : undefined;
}

/** Lets models and tasks name built-in classes. */
export function useBuiltInClasses(): void {
  resolveClassesWith(builtInClass);
}
