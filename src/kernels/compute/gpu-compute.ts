import { UnsupportedError } from '../../errors/index.ts';
import { asWork, type Work } from '../../work/index.ts';
import { DeviceMemory } from '../gpu/device-memory.ts';
import type { Gpu } from '../gpu/gpu.ts';
import { forgetGpu, openGpu } from '../gpu/open-gpu.ts';
import { type DeviceReport, reasonOf } from '../gpu/report.ts';
import { sumRoundoff } from '../gpu/sample-check.ts';
import { softmaxScoresOnGpu } from '../linear-probabilities/gpu.ts';
import { softmaxScoresReference } from '../linear-probabilities/reference.ts';
import { gramOnGpu, matmulOnGpu } from '../matmul/gpu.ts';
import { gramWork } from '../matmul/gram.ts';
import { matmulWork } from '../matmul/index.ts';
import { nearestRowsOnGpu } from '../nearest-rows/gpu.ts';
import { squaredDistancesOnGpu } from '../pairwise-distances/gpu.ts';
import { squaredDistancesReference } from '../pairwise-distances/reference.ts';
import { type Compute, cpuCompute, noGpu, type Placement, type Products, type Task } from './compute.ts';
import { reasonForCpu } from './cost-model.ts';

/** A call with a GPU, where there is one. @throws UnsupportedError for `'gpu'` where there is none. */
export async function openGpuCompute(device: 'gpu' | 'auto', action: string): Promise<Compute> {
  const { gpu, report } = await openGpu();
  if (gpu !== undefined) return new GpuCompute(gpu, report, device, action);
  if (device === 'gpu') throw noGpu(action, `no GPU (${reasonOf(report)})`);
  return cpuCompute(`no GPU (${reasonOf(report)})`);
}

/** A call with a GPU. */
export class GpuCompute implements Compute {
  placement: Placement = { backend: 'cpu', reason: 'nothing was computed by products here' };
  readonly #memory: DeviceMemory;
  readonly #report: DeviceReport;
  readonly #device: 'gpu' | 'auto';
  readonly #action: string;

  constructor(gpu: Gpu, report: DeviceReport, device: 'gpu' | 'auto', action: string) {
    this.#memory = new DeviceMemory(gpu);
    this.#report = report;
    this.#device = device;
    this.#action = action;
  }

  products(task: Task): Products | undefined {
    const reason = this.#device === 'auto' ? reasonForCpu(task, this.#report) : null;
    if (reason !== null) return this.without(reason);
    const backend = this.#report.backend!;
    this.placement = { backend, reason: null };
    const memory = this.#memory;
    return {
      backend,
      matmul: (a, b, options) => this.#orElse(matmulOnGpu(memory, a, b, options), () => matmulWork(a, b, options)),
      gram: X => this.#orElse(gramOnGpu(memory, X), () => gramWork(X)),
      nearestRows: (X, targets) =>
        this.#orElse(nearestRowsOnGpu(memory, X, targets), () => asWork(new Int32Array(X.rows).fill(-1))),
      squaredDistances: (a, b) =>
        this.#orElse(squaredDistancesOnGpu(memory, a, b), () => asWork(squaredDistancesReference(a, b))),
      softmaxScores: (X, weights, intercept) =>
        this.#orElse(softmaxScoresOnGpu(memory, X, weights, intercept), () =>
          asWork(softmaxScoresReference(X, weights, intercept)),
        ),
      roundoff: sumRoundoff,
      keep: X => memory.keep(X),
    };
  }

  without(reason: string): undefined {
    if (this.#device === 'gpu') throw noGpu(this.#action, reason);
    this.placement = { backend: 'cpu', reason };
    return undefined;
  }

  close(): void {
    this.#memory.close();
  }

  /**
   * Work on the GPU; where that fails, `'auto'` does it on the processor and says why. The GPU may be lost: the next
   * call opens it afresh.
   */
  *#orElse<T>(work: Work<T>, onCpu: () => Work<T>): Work<T> {
    try {
      return yield* work;
    } catch (error) {
      forgetGpu();
      const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
      if (this.#device === 'auto') this.placement = { backend: 'cpu', reason };
      else throw error instanceof UnsupportedError ? error : noGpu(this.#action, reason);
    }
    return yield* onCpu();
  }
}
