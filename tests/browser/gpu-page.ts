import { runSuite } from './gpu-suite.ts';

/** `#webgl2` asks for a page whose browser knows no WebGPU. */
const backend = location.hash.slice(1);
if (backend !== 'webgpu') Object.defineProperty(navigator, 'gpu', { value: undefined });
const result = await runSuite(backend, console.log);
document.body.dataset.result = JSON.stringify(result);
