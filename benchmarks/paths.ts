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

/** The library's own parts, for rows that measure a kernel by itself. */
export async function loadParts<K extends keyof Parts>(part: K): Promise<Parts[K]> {
  return import(new URL(`dist/${part}/index.js`, ROOT).href) as Promise<Parts[K]>;
}

interface Parts {
  readonly array: typeof import('../dist/array/index.d.ts');
  readonly kernels: typeof import('../dist/kernels/index.d.ts');
  readonly parallel: typeof import('../dist/parallel/index.d.ts');
  readonly work: typeof import('../dist/work/index.d.ts');
}
