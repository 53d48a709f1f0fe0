import { Estimator, type EstimatorClass, registerClasses } from '../core/index.ts';
import type { AnyTask } from './tasks.ts';

const loaded = new Map<string, Promise<void>>();
const ownTasks = new Map<string, AnyTask>();

/** Loads the modules that this worker has not loaded yet, in their order, and adopts what they export. */
export async function loadModules(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    if (!loaded.has(url)) loaded.set(url, importModule(url));
    await loaded.get(url);
  }
}

/** The task of a registered module that has this id. */
export function ownTask(id: string): AnyTask | undefined {
  return ownTasks.get(id);
}

async function importModule(url: string): Promise<void> {
  adoptModule(await import(/* @vite-ignore */ /* webpackIgnore: true */ url));
}

/**
 * Makes the estimator classes and tasks that a module exports known in this worker. `registerModule` leads here; a
 * worker script of one's own calls it where a bundler must see the import.
 */
export function adoptModule(exports: Readonly<Record<string, unknown>>): void {
  for (const exported of Object.values(exports)) {
    if (isTask(exported)) ownTasks.set(exported.id, exported);
    if (isEstimatorClass(exported)) registerClasses([exported]);
  }
}

function isTask(value: unknown): value is AnyTask {
  const task = value as Partial<AnyTask> | null | undefined;
  return typeof task === 'object' && typeof task?.id === 'string' && typeof task.run === 'function';
}

function isEstimatorClass(value: unknown): value is EstimatorClass {
  return typeof value === 'function' && value.prototype instanceof Estimator && Object.hasOwn(value, 'id');
}
