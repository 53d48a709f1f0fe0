import type { AnyModule } from '../module/index.ts';

/** Where an operation runs: the path of the innermost module, empty for the model itself; null outside of it. */
export type ModulePath = string | null;

/** Runs `body`, which may ask at any time for the path of the module that is running. */
export function withModulePaths<T>(model: AnyModule, body: (current: () => ModulePath) => T): T {
  const paths = new Map([...model.namedModules()].map(([path, module]) => [module, path]));
  const running: AnyModule[] = [];
  const stops = [...paths.keys()].flatMap(module => [
    module.registerForwardPreHook(() => {
      running.push(module);
      return undefined;
    }),
    module.registerForwardHook(() => {
      // What a module that threw left behind goes with the one that caught it.
      running.length = running.lastIndexOf(module);
      return undefined;
    }),
  ]);
  try {
    return body(() => (running.length === 0 ? null : paths.get(running.at(-1)!)!));
  } finally {
    for (const stop of stops) stop();
  }
}

/** As it reads inside a sentence. */
export function showPath(path: ModulePath): string {
  if (path === null) return 'outside the model';
  return path === '' ? 'in the model itself' : `in module '${path}'`;
}
