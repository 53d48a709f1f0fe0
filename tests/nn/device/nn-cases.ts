import type { GpuCase } from '../../kernels/gpu/case.ts';
import { operationCases } from './operation-cases.ts';

/** Tensors, modules and optimizers on a GPU. */
export const nnCases: readonly GpuCase[] = [...operationCases];
