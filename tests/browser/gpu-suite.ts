/** Every GPU case, one after the other, on whatever GPU the host gives. */
import { DeviceMemory, deviceReport, openGpu } from '../../src/kernels/gpu/index.ts';
import { computeCases } from '../kernels/gpu/compute-cases.ts';
import { estimatorCases } from '../kernels/gpu/estimator-cases.ts';
import { matmulCases } from '../kernels/gpu/matmul-cases.ts';
import { rowCases } from '../kernels/gpu/row-cases.ts';
import { nnCases } from '../nn/device/nn-cases.ts';

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly lines: readonly string[];
}

/** Runs all cases on the backend that is expected to be found. */
export async function runSuite(backend: string, say: (line: string) => void): Promise<SuiteResult> {
  const lines: string[] = [];
  const tell = (line: string) => {
    lines.push(line);
    say(line);
  };
  const report = await deviceReport();
  tell(JSON.stringify(report));
  const { gpu } = await openGpu();
  if (gpu === undefined || report.backend !== backend) {
    tell(`NO  backend ${backend} is found`);
    return { passed: 0, failed: 1, lines };
  }
  let [passed, failed] = [0, 0];
  for (const { name, run } of [...matmulCases, ...rowCases, ...estimatorCases, ...computeCases, ...nnCases]) {
    const memory = new DeviceMemory(gpu);
    const start = performance.now();
    const failure = await run(memory).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    memory.close();
    const left = gpu.residents;
    const error = failure ?? (left === 0 ? undefined : new Error(`${left} matrices were left on the device`));
    tell(`${error === undefined ? 'yes' : 'NO '} ${name} (${Math.round(performance.now() - start)} ms)`);
    if (error !== undefined) tell(`    ${error.stack}`);
    if (error === undefined) passed++;
    else failed++;
  }
  return { passed, failed, lines };
}
