import { InvalidInputError, show } from '../../errors/index.ts';
import { add, div, logSigmoid, maximum, mul, sub } from '../ops/index.ts';
import { pointwise } from '../ops/pointwise.ts';
import { isSameShape, noGrad, record, type Tensor } from '../tensor/index.ts';
import { type LossOptions, reduce } from './reduction.ts';
import { checkTarget } from './target-shape.ts';

export interface BceOptions extends LossOptions {
  /** Weight of each loss; broadcasts. Default: all 1. */
  readonly weight?: Tensor;
}

export interface BceWithLogitsOptions extends BceOptions {
  /** Weight of positive targets; broadcasts. Default: all 1. */
  readonly posWeight?: Tensor;
}

/** Logarithms are held above this, as torch does. */
const LOWEST_LOG = -100;

/**
 * The cross-entropy of two classes: -(y log p + (1 - y) log(1 - p)), the logarithms held above -100.
 *
 * @param probabilities any shape, in [0, 1]
 * @param target the same shape, in [0, 1]
 * @throws InvalidInputError on a probability or a target outside [0, 1]; on a device, which reads all of them for it,
 * where the loss is read ({@link bceWithLogits} needs no such check)
 *
 * @example
 * import { bce, tensor } from 'fitwise/nn';
 * bce(tensor([0.5]), tensor([1])).item(); // 0.6931472
 */
export function bce(probabilities: Tensor, target: Tensor, { weight, ...options }: BceOptions = {}): Tensor {
  const action = 'compute the binary cross-entropy';
  checkTarget(action, probabilities, target);
  const check = ([ofOnes, shares]: readonly Float32Array[]) => {
    checkShares(action, 'probability', ofOnes!);
    checkShares(action, 'target', shares!);
  };
  const { device } = probabilities;
  if (device === null) check([probabilities.data, target.data]);
  else device.inspect([probabilities, target], check);
  return reduce(weighted(binaryLosses(probabilities, target), weight), options);
}

/** The derivative in p is (p - y) / (p (1 - p)), the divisor held above 1e-12, as in torch. */
function binaryLosses(probabilities: Tensor, target: Tensor): Tensor {
  const values = noGrad(() => {
    const [ofOnes, ofZeros] = [heldLog(probabilities), heldLog(sub(1, probabilities))];
    return mul(add(mul(target, ofOnes), mul(sub(1, target), ofZeros)), -1);
  });
  const inputs = [probabilities, target] as const;
  return record('bce', values, inputs, inputs, (grad, [p, y], [needsP, needsY]) => [
    needsP ? mul(grad, div(sub(p, y), maximum(mul(sub(1, p), p), 1e-12))) : null,
    needsY ? mul(grad, sub(heldLog(sub(1, p)), heldLog(p))) : null,
  ]);
}

function checkShares(action: string, name: string, values: Float32Array): void {
  const wrong = values.find(share => !(share >= 0 && share <= 1));
  if (wrong === undefined) return;
  throw new InvalidInputError({ action, rule: `every ${name} must lie in [0, 1]`, received: show(wrong) });
}

/**
 * {@link bce} of sigmoid(x), without its underflow: (1 - y) x - (1 + (q - 1) y) log(sigmoid(x)), q being posWeight.
 *
 * @param logits any shape
 * @param target the same shape
 */
export function bceWithLogits(logits: Tensor, target: Tensor, options: BceWithLogitsOptions = {}): Tensor {
  const { weight, posWeight, ...rest } = options;
  checkTarget('compute the binary cross-entropy', logits, target);
  const share = posWeight === undefined ? 1 : add(mul(sub(posWeight, 1), target), 1);
  const losses = sub(mul(sub(1, target), logits), mul(share, logSigmoid(logits)));
  return reduce(weighted(losses, weight), rest);
}

function weighted(losses: Tensor, weight: Tensor | undefined): Tensor {
  if (weight === undefined) return losses;
  const product = mul(losses, weight);
  if (!isSameShape(product.shape, losses.shape)) checkTarget('weight the losses', product, losses);
  return product;
}

function heldLog(x: Tensor): Tensor {
  if (x.device !== null) return x.device.composed.pointwise(x.device, 'heldLog', x, [LOWEST_LOG]);
  const slope = (p: number) => 1 / Math.max(p, 1e-12);
  return pointwise('log', x, p => Math.max(Math.log(p), LOWEST_LOG), slope);
}
