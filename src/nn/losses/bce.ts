import { InvalidInputError, show } from '../../errors/index.ts';
import { add, logSigmoid, mul, sub } from '../ops/index.ts';
import { pointwise } from '../ops/pointwise.ts';
import { isSameShape, type Tensor } from '../tensor/index.ts';
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
 * @param target the same shape
 * @throws InvalidInputError on a probability outside [0, 1]; on a device, which reads all of them for it, where the loss
 * is read ({@link bceWithLogits} needs no such check)
 *
 * @example
 * import { bce, tensor } from 'fitwise/nn';
 * bce(tensor([0.5]), tensor([1])).item(); // 0.6931472
 */
export function bce(probabilities: Tensor, target: Tensor, { weight, ...options }: BceOptions = {}): Tensor {
  const action = 'compute the binary cross-entropy';
  checkTarget(action, probabilities, target);
  const check = (values: Float32Array) => {
    const wrong = values.find(p => !(p >= 0 && p <= 1));
    if (wrong === undefined) return;
    throw new InvalidInputError({ action, rule: 'every probability must lie in [0, 1]', received: show(wrong) });
  };
  const { device } = probabilities;
  if (device === null) check(probabilities.data);
  else device.inspect([probabilities], ([values]) => check(values!));
  const ofOnes = mul(target, heldLog(probabilities));
  const ofZeros = mul(sub(1, target), heldLog(sub(1, probabilities)));
  return reduce(weighted(mul(add(ofOnes, ofZeros), -1), weight), options);
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
