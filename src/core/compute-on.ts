import { type Compute, cpuCompute, noGpu, openCompute, type Placement } from '../kernels/index.ts';
import { asWork, type Work } from '../work/index.ts';
import type { GpuCall, Traits } from './traits.ts';

/** The processor, for calls that ask for nothing else. */
export const ON_CPU = cpuCompute();

/** Why a call without GPU kernels stays on the processor. */
export const NO_KERNELS = 'an estimator without GPU kernels for this call';

interface Call {
  readonly user: { readonly traits: Traits; usesGpu(call: GpuCall): boolean };
  readonly call: GpuCall;
  readonly action: string;
}

/**
 * The result of a call on a device, and where its products ran. Composed estimators only make sure that there is a GPU:
 * their parts use it.
 *
 * @throws UnsupportedError where the caller asked for the GPU, and there is none or it was not used.
 */
export function* computeOn<R>(
  device: 'gpu' | 'auto',
  { user, call, action }: Call,
  body: (compute: Compute) => R | Work<R>,
): Work<{ readonly result: R; readonly placement: Placement }> {
  const compute = user.usesGpu(call) ? yield* openCompute(device, action) : cpuCompute(NO_KERNELS);
  try {
    const result = yield* asWork(body(compute));
    const isOwn = user.traits.gpu?.includes(call) ?? false;
    if (isOwn && device === 'gpu' && compute.placement.backend === 'cpu') throw noGpu(action, NO_KERNELS);
    return { result, placement: compute.placement };
  } finally {
    compute.close();
  }
}
