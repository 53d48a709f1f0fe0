/** What tests need before vitest starts: compiled kernels, generated sources, and the worker at build/worker/entry.js. */
import { prepareDatasets, prepareKernels, prepareRegistry, prepareWorker } from './lib/steps.mjs';

await prepareKernels();
await prepareDatasets();
await prepareRegistry();
await prepareWorker();
