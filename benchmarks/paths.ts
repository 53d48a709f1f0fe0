import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository, seen from build/benchmarks, where the compiler puts these modules. */
export const ROOT = new URL('../../', import.meta.url);

export const pathOf = (name: string): string => fileURLToPath(new URL(name, ROOT));

export const isPeerInstalled = (name: string): boolean => existsSync(pathOf(`benchmarks/node_modules/${name}`));

/** A JavaScript peer of benchmarks/package.json, with the part of its types that the caller uses. */
export async function loadPeer<T>(name: string): Promise<T> {
  const { importPeer } = (await import(new URL('benchmarks/import-peer.mjs', ROOT).href)) as {
    importPeer(name: string): Promise<T>;
  };
  return importPeer(name);
}
