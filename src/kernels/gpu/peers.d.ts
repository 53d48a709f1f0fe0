/** The optional peers, declared here so that the library compiles where they are not installed. */
declare module 'gpu.js' {
  const library: import('./gpu-js.ts').GpuJsLibrary;
  export default library;
}

declare module 'webgpu' {
  /** An object that stands for the browsers' `navigator.gpu`. */
  export function create(options: readonly string[]): object;
}
