import type { Module } from './module.ts';

/** Operations that a module takes for one sample, roughly: each weight is used about once. */
export function costPerSample(module: Module<readonly unknown[], unknown>): number {
  return module.parameters().reduce((sum, { size }) => sum + size, 1);
}
