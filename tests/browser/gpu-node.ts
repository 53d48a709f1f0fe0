import { runSuite } from './gpu-suite.ts';

const { passed, failed } = await runSuite('webgpu', console.log);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
