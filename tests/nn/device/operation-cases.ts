/** Every operation of the table on a GPU: values and gradients are the processor's. */
import { operations } from '../operations.ts';
import { type DeviceCase, demandAgreement, deviceCase } from './device-case.ts';

/** WebGPU promises the sine and the cosine to 2^-11, between -pi and pi. */
const TOLERANCES: Readonly<Record<string, number>> = { sin: 2 ** -11, cos: 2 ** -11 };

export const operationCases: readonly DeviceCase[] = operations.map(([name, f, ...inputs]) =>
  deviceCase(name, gpu => demandAgreement(gpu, f, inputs, '', TOLERANCES[name])),
);
