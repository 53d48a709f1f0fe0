import type { GpuJsLibrary } from './gpu-js.ts';

/**
 * gpu.js, loaded when a GPU is first asked for: it weighs 89 MB on disk, so that it is an optional peer.
 *
 * @throws the host's error where it is not installed.
 */
export async function loadGpuJs(): Promise<GpuJsLibrary> {
  // In browsers gpu.js takes the global name GPU, which belongs to WebGPU's own interface.
  const native = Object.getOwnPropertyDescriptor(globalThis, 'GPU');
  const { default: library } = await import('gpu.js');
  if (native !== undefined) Object.defineProperty(globalThis, 'GPU', native);
  else Reflect.deleteProperty(globalThis, 'GPU');
  return library;
}

interface Host {
  navigator?: { readonly gpu?: object };
  readonly process?: { readonly versions?: { readonly node?: string } };
}

/** Kept while the thread lives: were it collected, the devices it gave would die with it. */
let gpu: object | undefined;

/**
 * Runs `body` while `navigator.gpu` is there, where gpu.js looks for WebGPU. Browsers have it; in Node the optional
 * peer `webgpu` is put in its place and taken away again, since a `navigator` makes other libraries believe that they
 * run in a browser.
 */
export async function withNavigatorGpu<T>(body: () => Promise<T>): Promise<T> {
  const host = globalThis as Host;
  if (host.navigator?.gpu !== undefined || host.process?.versions?.node === undefined) return body();
  gpu ??= await import('webgpu').then(
    ({ create }) => create([]),
    () => undefined,
  );
  if (gpu === undefined) return body();
  // Node 20 has no navigator at all, later versions have one without gpu.
  const [owner, name, value] = host.navigator ? [host.navigator, 'gpu', gpu] : [globalThis, 'navigator', { gpu }];
  Object.defineProperty(owner, name, { value, configurable: true });
  try {
    return await body();
  } finally {
    Reflect.deleteProperty(owner, name);
  }
}
