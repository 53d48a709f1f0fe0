import { InvalidInputError, showShape } from '../../errors/index.ts';
import type { AnyModule } from '../module/index.ts';
import { observeTape, type Shape, type Tensor } from '../tensor/index.ts';
import { type ModulePath, showPath, withModulePaths } from './module-path.ts';

/**
 * Runs `body`, and refuses the first NaN or infinity that arises in it, forward or backward, with a sentence that names
 * the operation and the module. Every value is looked at: for debugging, not for training.
 *
 * -Infinity in data is no anomaly, because it hides keys from attention; nor is passing it on.
 *
 * On a device the values of each operation are read in their turn, and the next reading throws what was found:
 * `await loss.toCpu()` after `backward`, or what a {@link Trainer} reads. A step that was taken meanwhile is not undone.
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
  const show = firstFinding();
  return withModulePaths(model, current => {
    const observer = {
      onForward: (operation: string, output: Tensor, inputs: readonly Tensor[]) => {
        show([output, ...inputs], forwardCheck(operation, current(), output, inputs));
        return current();
      },
      onBackward: (operation: string, gradients: readonly (Tensor | null)[], mark: unknown) => {
        const place = `go back through ${operation} ${showPath(mark as ModulePath)}`;
        gradients.forEach((gradient, i) => {
          if (gradient !== null) show([gradient], gradientCheck(place, gradient.shape, `the gradient of input ${i}`));
        });
      },
    };
    return observeTape(observer, body);
  });
}

/** Looks at values, and throws. */
type Check = (values: readonly Float32Array[]) => void;

function forwardCheck(operation: string, path: ModulePath, output: Tensor, inputs: readonly Tensor[]): Check {
  const place = `run ${operation} ${showPath(path)}`;
  const areParameters = inputs.map(input => input.isLeaf && input.requiresGrad);
  const [shape, shapes] = [output.shape, inputs.map(input => input.shape)];
  return ([made, ...given]) => {
    given.forEach((data, i) => {
      const at = data.findIndex(value => isBad(value) || (areParameters[i] === true && value === -Infinity));
      if (at !== -1) refuse(place, 'what it is given must be finite', shapes[i]!, data, at, `input ${i}`);
    });
    const isPassedOn = given.some(data => data.includes(-Infinity));
    const at = made!.findIndex(value => isBad(value) || (value === -Infinity && !isPassedOn));
    if (at !== -1) refuse(place, 'what it gives must be finite', shape, made!, at, 'the output');
  };
}

function gradientCheck(place: string, shape: Shape, what: string): Check {
  return ([data]) => {
    const at = data!.findIndex(value => !Number.isFinite(value));
    if (at !== -1) refuse(place, 'gradients must be finite', shape, data!, at, what);
  };
}

/** Shows values to checks: at once in the processor's memory, on a device in their turn, there until one has thrown. */
function firstFinding(): (tensors: readonly Tensor[], check: Check) => void {
  let isFound = false;
  return (tensors, check) => {
    const away = tensors.filter(({ device }) => device !== null);
    const [first] = away;
    if (first === undefined) {
      check(tensors.map(({ data }) => data));
      return;
    }
    first.device!.inspect(away, values => {
      if (isFound) return;
      let at = 0;
      try {
        check(tensors.map(tensor => (tensor.device === null ? tensor.data : values[at++]!)));
      } catch (anomaly) {
        isFound = true;
        throw anomaly;
      }
    });
  };
}

function isBad(value: number): boolean {
  return Number.isNaN(value) || value === Infinity;
}

function refuse(action: string, rule: string, shape: Shape, data: Float32Array, at: number, what: string): never {
  const received = `${data[at]} at position ${at} of ${what} of ${showShape(...shape)}`;
  throw new InvalidInputError({ action, rule, received });
}
