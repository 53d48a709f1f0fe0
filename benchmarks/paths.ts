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

/** What the caller uses of them; their types are there once the library is built. */
interface Parts {
  readonly array: { readonly Matrix: new (data: Float64Array, rows: number, columns: number) => Table };
  readonly kernels: {
    matmulWork(a: Table, b: Table): Work<Table>;
    multiplySingleInto(options: {
      readonly m: number;
      readonly n: number;
      readonly k: number;
      readonly a: Float32Array;
      readonly b: Float32Array;
      readonly c: Float32Array;
    }): void;
  };
  readonly parallel: { setThreads(count: number | null): void };
  readonly work: { drive<T>(work: Work<T>): Promise<T> };
}

interface Table {
  readonly data: Float64Array;
}

type Work<T> = Iterator<unknown, T>;
