/** What gpu.js runs on, best first. */
export type GpuBackend = 'webgpu' | 'webgl2' | 'headless-gl';

/** What a GPU is here, or why there is none. */
export interface DeviceReport {
  /** What the kernels of `device: 'gpu'` run on; null where nothing can run them. */
  readonly backend: GpuBackend | null;
  /** The graphics adapter as the host names it; null where there is none. */
  readonly adapter: string | null;
  /** The adapter is emulated by the processor (SwiftShader, llvmpipe): `'auto'` never chooses it. */
  readonly isSoftware: boolean;
  /** Why each better backend was passed over, by its name; all of them where there is no GPU. */
  readonly passedOver: Readonly<Partial<Record<GpuBackend | 'gpu.js', string>>>;
}

/** Why there is no GPU, as the end of a sentence. */
export function reasonOf({ passedOver }: DeviceReport): string {
  return Object.entries(passedOver)
    .map(([name, reason]) => `${name}: ${reason}`)
    .join(', ');
}
