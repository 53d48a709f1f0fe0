/** Whether threads can share memory here: pages can only where they are isolated from other origins. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}
