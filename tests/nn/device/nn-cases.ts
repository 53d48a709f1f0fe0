import type { GpuCase } from '../../kernels/gpu/case.ts';
import { drawnCases } from './drawn-cases.ts';
import { operationCases } from './operation-cases.ts';
import { scopeCases } from './scope-cases.ts';
import { trainingCases } from './training-cases.ts';

/** Tensors, modules and optimizers on a GPU; the last of them loses the device. */
export const nnCases: readonly GpuCase[] = [...operationCases, ...drawnCases, ...trainingCases, ...scopeCases];
