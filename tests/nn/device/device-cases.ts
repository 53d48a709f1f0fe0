import { bookkeepingCases } from './bookkeeping-cases.ts';
import type { DeviceCase } from './device-case.ts';
import { drawnCases } from './drawn-cases.ts';
import { layerCases } from './layer-cases.ts';
import { operationCases } from './operation-cases.ts';
import { scopeCases } from './scope-cases.ts';
import { trainerCases } from './trainer-cases.ts';
import { trainingCases } from './training-cases.ts';

/** What every GPU must do as the processor does. */
export const deviceCases: readonly DeviceCase[] = [
  ...operationCases,
  ...layerCases,
  ...drawnCases,
  ...trainingCases,
  ...trainerCases,
  ...scopeCases,
];

/** The same, and what is the same on all of them. */
export const standInCases: readonly DeviceCase[] = [...deviceCases, ...bookkeepingCases];
