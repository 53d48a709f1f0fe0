import { Gpu } from './gpu.ts';
import type { GpuJsLibrary, GpuJsMode, WebGpuAdapter } from './gpu-js.ts';
import { loadGpuJs, withNavigatorGpu } from './load-peers.ts';
import type { DeviceReport, GpuBackend } from './report.ts';

/** How one backend of gpu.js is recognised. The others (WebAssembly, plain JavaScript) are no GPU and never chosen. */
interface Candidate {
  readonly backend: GpuBackend;
  readonly mode: GpuJsMode;
  readonly kernel: 'WebGPUKernel' | 'WebGL2Kernel' | 'HeadlessGLKernel';
  isThere(library: GpuJsLibrary): boolean | Promise<boolean>;
  readonly otherwise: string;
}

const CANDIDATES: readonly Candidate[] = [
  {
    backend: 'webgpu',
    mode: 'webgpu',
    kernel: 'WebGPUKernel',
    isThere: ({ GPU }) => GPU.isWebGPUAvailable(),
    otherwise: 'this host gives no WebGPU adapter (in Node: install the package webgpu)',
  },
  {
    backend: 'webgl2',
    mode: 'webgl2',
    kernel: 'WebGL2Kernel',
    isThere: ({ GPU }) => GPU.isWebGL2Supported,
    otherwise: 'this host has no WebGL2 with float textures',
  },
  {
    backend: 'headless-gl',
    mode: 'headlessgl',
    kernel: 'HeadlessGLKernel',
    isThere: ({ GPU }) => GPU.isHeadlessGLSupported,
    otherwise: 'the package gl is not built here',
  },
];

/** Adapters that a processor emulates. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i;

/** Terms of the probe's sum: above 1000, where gpu.js cuts loops whose bounds it does not know. */
const PROBE = 1500;

/** What opening a GPU gave: the GPU, where there is one, and the report in any case. */
export interface Opened {
  readonly gpu: Gpu | undefined;
  readonly report: DeviceReport;
}

let opened: Promise<Opened> | undefined;

/** This thread's GPU, opened at the first call. */
export function openGpu(): Promise<Opened> {
  opened ??= open();
  return opened;
}

/** After this, the next call opens the GPU afresh: for one that was lost. */
export function forgetGpu(): void {
  opened = undefined;
}

/**
 * What `device: 'gpu'` runs on here, and why better backends were passed over. Opens the GPU at the first call.
 *
 * @returns the backend and the adapter, both null where there is no GPU
 *
 * @example
 * import { deviceReport } from 'fitwise';
 * const { backend, passedOver } = await deviceReport();
 * backend !== null || 'gpu.js' in passedOver || 'webgpu' in passedOver; // true
 */
export async function deviceReport(): Promise<DeviceReport> {
  return (await openGpu()).report;
}

function open(): Promise<Opened> {
  return withNavigatorGpu(async () => {
    const passedOver: Partial<Record<GpuBackend | 'gpu.js', string>> = {};
    try {
      const library = await loadGpuJs();
      for (const candidate of CANDIDATES) {
        const found = await tryCandidate(library, candidate);
        if (typeof found === 'string') passedOver[candidate.backend] = found;
        else return { gpu: found.gpu, report: { ...found.report, passedOver } };
      }
    } catch (error) {
      passedOver['gpu.js'] = isAbsence(error) ? 'the package is not installed' : messageOf(error);
    }
    return { gpu: undefined, report: { backend: null, adapter: null, isSoftware: false, passedOver } };
  });
}

/** The candidate's GPU once it has proved that it computes, or why it is passed over. */
async function tryCandidate(
  library: GpuJsLibrary,
  candidate: Candidate,
): Promise<{ readonly gpu: Gpu; readonly report: Omit<DeviceReport, 'passedOver'> } | string> {
  try {
    if (!(await candidate.isThere(library))) return candidate.otherwise;
    const gpu = new Gpu(library, new library.GPU({ mode: candidate.mode }), library[candidate.kernel]);
    const sum = await probe(gpu);
    if (sum !== PROBE) return `its probe gave ${sum} instead of ${PROBE}`;
    const adapter = adapterName(gpu.context);
    return { gpu, report: { backend: candidate.backend, adapter, isSoftware: SOFTWARE.test(adapter) } };
  } catch (error) {
    return messageOf(error);
  }
}

/** Adds ones on the device. */
async function probe(gpu: Gpu): Promise<number> {
  const ones = await gpu.upload(new Float32Array(PROBE).fill(1), 1, PROBE);
  const source = `function(ones) {
    let sum = 0;
    for (let k = 0; k < this.constants.count; k++) sum += ones[0][k];
    return sum;
  }`;
  const kernel = { name: 'probe', source, rows: 1, columns: 1, constants: { count: PROBE } };
  const [row] = await gpu.read(kernel, [ones]);
  ones.release();
  return row![0]!;
}

/** The adapter behind what kernels are made in: WebGPU's adapter and device, or a WebGL context. */
function adapterName(context: unknown): string {
  if (context !== null && typeof context === 'object' && 'adapter' in context) {
    const { info } = context.adapter as WebGpuAdapter;
    const parts = [info?.vendor, info?.architecture, info?.description];
    return parts.filter(part => part !== undefined && part !== '').join(' ') || 'unnamed';
  }
  const gl = context as WebGL2RenderingContext;
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}

/** Node's code, or the sentence of the stand-in that Vite bundles for an optional peer that is not there. */
function isAbsence(error: unknown): boolean {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code === 'ERR_MODULE_NOT_FOUND' || message?.startsWith('Could not resolve "gpu.js"') === true;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
