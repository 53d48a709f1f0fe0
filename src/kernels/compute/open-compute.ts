import { type Work, waitFor } from '../../work/index.ts';
import type { Compute } from './compute.ts';

/**
 * What a call computes with that may use a GPU; the code for that is loaded when it is first asked for.
 *
 * @throws UnsupportedError for `'gpu'` where the host has none.
 */
export function* openCompute(device: 'gpu' | 'auto', action: string): Work<Compute> {
  return yield* waitFor(async () => {
    const { openGpuCompute } = await import('./gpu-compute.ts');
    return openGpuCompute(device, action);
  });
}
