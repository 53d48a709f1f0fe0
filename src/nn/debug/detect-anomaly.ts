import { InvalidInputError, showShape } from '../../errors/index.ts';
import type { AnyModule } from '../module/index.ts';
import { observeTape, type Tensor } from '../tensor/index.ts';
import { type ModulePath, showPath, withModulePaths } from './module-path.ts';

/**
 * Runs `body`, and refuses the first NaN or infinity that arises in it, forward or backward, with a sentence that names
 * the operation and the module. Every value is looked at: for debugging, not for training.
 *
 * -Infinity in data is no anomaly, because it hides keys from attention; nor is passing it on.
 *
 * @param model whose modules are named; operations outside of it, such as the loss, are seen too
 * @returns what `body` returns
 * @throws InvalidInputError at the first NaN or infinity, and if `body` returns a promise
 *
 * @example
 * import { detectAnomaly, Linear, log, Sequential, sum, tensor, zeros } from 'fitwise/nn';
 * const model = new Sequential(new Linear(2, 2));
 * detectAnomaly(model, () => sum(model.forward(zeros([1, 2])))).backward(); // nothing to see
 * const x = tensor([1, 2]);
 * detectAnomaly(model, () => sum(log(x))).item().toFixed(4); // '0.6931'
 */
export function detectAnomaly<T>(model: AnyModule, body: () => T): T {
  return withModulePaths(model, current => {
    const observer = {
      onForward: (operation: string, output: Tensor, inputs: readonly Tensor[]) => {
        checkForward(operation, current(), output, inputs);
        return current();
      },
      onBackward: (operation: string, gradients: readonly (Tensor | null)[], mark: unknown) => {
        const place = `go back through ${operation} ${showPath(mark as ModulePath)}`;
        gradients.forEach((gradient, i) => {
          const at = gradient?.data.findIndex(value => !Number.isFinite(value)) ?? -1;
          if (at !== -1) refuse(place, 'gradients must be finite', gradient!, at, `the gradient of input ${i}`);
        });
      },
    };
    return observeTape(observer, body);
  });
}

function checkForward(operation: string, path: ModulePath, output: Tensor, inputs: readonly Tensor[]): void {
  const place = `run ${operation} ${showPath(path)}`;
  for (const [i, input] of inputs.entries()) {
    const isParameter = input.isLeaf && input.requiresGrad;
    const at = input.data.findIndex(value => isBad(value) || (isParameter && value === -Infinity));
    if (at !== -1) refuse(place, 'what it is given must be finite', input, at, `input ${i}`);
  }
  const isPassedOn = inputs.some(({ data }) => data.includes(-Infinity));
  const at = output.data.findIndex(value => isBad(value) || (value === -Infinity && !isPassedOn));
  if (at !== -1) refuse(place, 'what it gives must be finite', output, at, 'the output');
}

function isBad(value: number): boolean {
  return Number.isNaN(value) || value === Infinity;
}

function refuse(action: string, rule: string, { data, shape }: Tensor, at: number, what: string): never {
  const received = `${data[at]} at position ${at} of ${what} of ${showShape(...shape)}`;
  throw new InvalidInputError({ action, rule, received });
}
