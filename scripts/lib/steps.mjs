/** The steps that come before both testing and building. Each runs only when its inputs have changed. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleSelfContained } from './bundle.mjs';
import { filesBelow, ROOT, unlessFresh } from './fresh.mjs';

const isKernel = path => path.endsWith('.as.ts');
const isSource = path => path.endsWith('.ts') && !isKernel(path);
const isGenerated = path => path.includes('/generated/');
const WORKER_ENTRY = 'src/worker/entry.ts';

/** Compiles src/kernels/<name>/kernel.as.ts into src/kernels/generated/<name>.ts. */
export async function prepareKernels() {
  const script = join(ROOT, 'scripts/build-kernels.mjs');
  if (!existsSync(script)) return;
  const { buildKernels, kernelNames } = await import(script);
  const outputs = kernelNames().map(name => `src/kernels/generated/${name}.ts`);
  await unlessFresh('kernels', [script, ...filesBelow('src/kernels', isKernel)], outputs, buildKernels);
}

/** Runs a generator script of the repository, where it exists, when it or what it reads has changed. */
async function prepareGenerated(name, inputs, outputs = []) {
  const script = join(ROOT, `scripts/build-${name}.mjs`);
  if (!existsSync(script)) return;
  await unlessFresh(name, [script, ...inputs], outputs, () => import(script));
}

/** src/datasets/generated from the data files. */
export const prepareDatasets = () => {
  const inputs = filesBelow('datasets');
  const names = inputs.filter(path => path.endsWith('.csv')).map(path => basename(path, '.csv'));
  const outputs = names.map(name => `src/datasets/generated/${name}.ts`);
  return prepareGenerated('datasets', inputs, outputs);
};

/** The lazy class registry from the `static readonly id` of the sources. */
export const prepareRegistry = () =>
  prepareGenerated(
    'registry',
    filesBelow('src', path => isSource(path) && !isGenerated(path)),
  );

/** Everything generated that the sources import. */
export async function prepareSources() {
  await prepareKernels();
  await prepareDatasets();
  await prepareRegistry();
}

/** The worker as one file; `false` where the sources have none. */
export async function bundleWorker(file, options) {
  if (!existsSync(join(ROOT, WORKER_ENTRY))) return false;
  await bundleSelfContained(join(ROOT, WORKER_ENTRY), join(ROOT, file), options);
  return true;
}

/** The worker that tests use, at build/worker/entry.js. */
export async function prepareWorker() {
  if (!existsSync(join(ROOT, WORKER_ENTRY))) return;
  const inputs = [
    join(ROOT, 'package-lock.json'),
    ...filesBelow('src', name => name.endsWith('.ts') && !isKernel(name)),
  ];
  await unlessFresh('worker', inputs, ['build/worker/entry.js'], () =>
    bundleWorker('build/worker/entry.js', { sourcemap: true }),
  );
}
