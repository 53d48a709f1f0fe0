import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ROOT } from './fresh.mjs';

const isBuiltin = id => id.startsWith('node:') || builtinModules.includes(id);

/** Scripts and tests import the library by its name, and mean the sources. */
const ALIAS = {
  'fitwise/nn': join(ROOT, 'src/nn/index.ts'),
  'fitwise/testing': join(ROOT, 'src/testing/index.ts'),
  fitwise: join(ROOT, 'src/index.ts'),
};

/** Optional peers of the library, found at run time where they are installed. */
const PEERS = ['gpu.js', 'webgpu'];

/** Workers start no workers; the pool in one would name the worker's own file, which Vite refuses as a circle. */
const WITHOUT_POOL = {
  name: 'without-pool',
  load(id) {
    if (id.endsWith('/src/parallel/map-in-pool.ts')) return 'export function mapInPool() {}';
    return id.endsWith('/src/parallel/lend-helpers.ts') ? 'export function lendHelpers() {}' : null;
  },
};

/** Bundles `input` with everything it imports into one file that runs in Node and in browsers alike. */
export async function bundleSelfContained(input, file, { sourcemap = false } = {}) {
  const build = await rolldown({
    input,
    platform: 'browser',
    external: id => id.startsWith('node:') || PEERS.includes(id),
    checks: { unresolvedImport: true },
    plugins: [WITHOUT_POOL],
    logLevel: 'warn',
  });
  await build.write({ file, format: 'esm', codeSplitting: false, sourcemap });
  await build.close();
}

/** Bundles a script for this Node: own files inside, node builtins and packages left as imports. */
export async function bundleScript(input, file) {
  const build = await rolldown({
    input,
    platform: 'node',
    resolve: { alias: ALIAS },
    external: id => isBuiltin(id) || (/^[@a-z]/.test(id) && !(id in ALIAS)),
    logLevel: 'warn',
  });
  await build.write({ file, format: 'esm', codeSplitting: false, sourcemap: true });
  await build.close();
}

/** Bundles the GPU's tests for Node and for a page into a folder that has the optional peers. */
export async function bundleGpuSuite(folder) {
  const entry = name => join(ROOT, `tests/browser/${name}.ts`);
  await bundleScript(entry('gpu-node'), join(folder, 'gpu-node.js'));
  const build = await rolldown({
    input: entry('gpu-page'),
    platform: 'browser',
    resolve: { alias: { ...ALIAS, 'gpu.js': join(folder, 'node_modules/gpu.js') } },
    external: id => isBuiltin(id) || id === 'webgpu',
    plugins: [WITHOUT_POOL],
    logLevel: 'warn',
  });
  await build.write({ file: join(folder, 'gpu-page.js'), format: 'esm', codeSplitting: false });
  await build.close();
}

/** What nearly every entry needs, less what is loaded for a GPU alone. */
const BASE = /\/dist\/(errors|array|random|check|core|work|parallel|linalg|kernels|metrics)\/(?!.*gpu)/;

/**
 * Bundles the built entries, by name, into few files for Node, which takes longer to find many files than to read them.
 * Entries share their chunks, so that there is one copy of each class.
 */
export async function bundleForNode(input, dir) {
  const build = await rolldown({
    input,
    platform: 'node',
    external: id => isBuiltin(id) || /^[@a-z]/.test(id),
    checks: { ineffectiveDynamicImport: false },
    logLevel: 'warn',
  });
  await build.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].js',
    // A chunk finds the worker where a module does: in the folder beside its own.
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups: [{ name: 'base', test: BASE }] },
  });
  await build.close();
}
