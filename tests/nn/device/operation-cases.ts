/** Every operation of the table on a GPU: values and gradients are the processor's, or a sentence says what is missing. */
import { demandRefusal } from '../../kernels/gpu/case.ts';
import { operations } from '../operations.ts';
import { type DeviceCase, demandAgreement, deviceCase } from './device-case.ts';

const processor = 'it needs a tensor in the memory of the processor, received one on BACKEND; await its toCpu()';

/** What has no kernel, and what is said instead. */
const REFUSED: Readonly<Record<string, string>> = {
  max: `Cannot take the max of a tensor: ${processor}`,
  min: `Cannot take the min of a tensor: ${processor}`,
  adaptiveAvgPool2d:
    'Cannot pool by mean: the output must divide the image on BACKEND, received shape (2, 4, 5, 6) for 2 x 4',
  adaptiveMaxPool2d:
    'Cannot pool by maximum: the output must divide the image on BACKEND, received shape (2, 4, 5, 6) for 3 x 3',
  adaptiveAvgPool1d:
    'Cannot pool by mean: the output must divide the image on BACKEND, received shape (2, 4, 1, 9) for 1 x 4',
  adaptiveMaxPool1d:
    'Cannot pool by maximum: the output must divide the image on BACKEND, received shape (2, 4, 1, 9) for 1 x 4',
};

/** WebGPU promises the sine and the cosine to 2^-11, between -pi and pi. */
const TOLERANCES: Readonly<Record<string, number>> = { sin: 2 ** -11, cos: 2 ** -11 };

export const operationCases: readonly DeviceCase[] = operations.map(([name, f, ...inputs]) =>
  deviceCase(name, async gpu => {
    const refusal = REFUSED[name]?.replace('BACKEND', gpu.name);
    if (refusal !== undefined) {
      await demandRefusal(async () => f(...inputs.map(x => x.to(gpu))), refusal);
      return;
    }
    await demandAgreement(gpu, f, inputs, '', TOLERANCES[name]);
  }),
);
