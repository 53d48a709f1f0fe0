/** What tests need before vitest starts: compiled kernels, generated sources, and the worker at build/worker/entry.js. */
import { prepareSources, prepareWorker } from './lib/steps.mjs';

await prepareSources();
await prepareWorker();
