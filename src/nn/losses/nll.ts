import { InvalidInputError, show } from '../../errors/index.ts';
import { sum } from '../ops/index.ts';
import { inMemory, record, refuse, Tensor } from '../tensor/index.ts';
import { type LossOptions, lossOfOne, type Reduction, reductionOf } from './reduction.ts';

export interface NllOptions extends LossOptions {
  /** Weight of each class, shape (C,). Default: all 1. */
  readonly weight?: Tensor;
  /** Targets of this number count for nothing. Default -100. */
  readonly ignoreIndex?: number;
}

/** For each target, where its log-probability stands and how much it counts. */
interface Picks {
  readonly places: Int32Array;
  readonly weights: Float32Array;
}

/**
 * The negative log-likelihood: minus the log-probability of each target, times its class's weight; `'mean'` divides the
 * sum by the sum of the weights.
 *
 * @param logProbabilities shape (N, C) or (N, C, ...), or (C) for one sample
 * @param target class numbers, shape (N) or (N, ...), or ()
 * @returns shape (), or that of the target without reduction
 * @throws InvalidInputError if the shapes do not agree or a target is no class
 *
 * @example
 * import { logSoftmax, nll, tensor } from 'fitwise/nn';
 * nll(logSoftmax(tensor([[0, 0]])), tensor([1])).item(); // 0.6931472
 */
export function nll(logProbabilities: Tensor, target: Tensor, options: NllOptions = {}): Tensor {
  if (logProbabilities.ndim === 1) return lossOfOne((x, y) => nll(x, y, options), logProbabilities, target);
  const reduction = reductionOf(options);
  const picks = pick(logProbabilities, target, options);
  const scale = scaleOf(picks, reduction);
  if (logProbabilities.device !== null) {
    const { data } = inMemory('check class numbers', target);
    const classes = target.like(data.map((label, i) => (picks.weights[i] === 0 ? 0 : label)));
    const losses = logProbabilities.device.composed.picked(logProbabilities, classes, picks.weights, -scale);
    return reduction === 'none' ? losses : sum(losses);
  }
  const losses = picks.places.length === 0 ? new Float32Array(0) : negated(logProbabilities, picks);
  const total = reduction === 'none' ? losses : Float32Array.of(losses.reduce((sum, loss) => sum + loss, 0) * scale);
  const { shape, size } = logProbabilities;
  const y = new Tensor(total, reduction === 'none' ? target.shape : []);
  return record('nll', y, [logProbabilities], [], grad => {
    const back = new Float32Array(size);
    picks.places.forEach((place, i) => {
      const weight = picks.weights[i]!;
      if (weight !== 0) back[place] = -weight * scale * grad.data[reduction === 'none' ? i : 0]!;
    });
    return [new Tensor(back, shape)];
  });
}

function negated({ data }: Tensor, { places, weights }: Picks): Float32Array {
  return Float32Array.from(places, (place, i) => (weights[i] === 0 ? 0 : -weights[i]! * data[place]!));
}

function scaleOf({ weights }: Picks, reduction: Reduction): number {
  return reduction === 'mean' ? 1 / weights.reduce((sum, weight) => sum + weight, 0) : 1;
}

function pick(input: Tensor, target: Tensor, { weight, ignoreIndex = -100 }: NllOptions): Picks {
  const action = 'compute the negative log-likelihood';
  const [n, classes, ...rest] = input.shape;
  if (input.ndim < 2 || target.shape.join() !== [n, ...rest].join()) {
    refuse(action, 'the target must have the shape of the input without its class axis', input.shape, target.shape);
  }
  if (weight !== undefined && (weight.ndim !== 1 || weight.size !== classes)) {
    refuse(action, `there must be a weight for each of the ${classes} classes`, weight.shape);
  }
  const { data } = inMemory('check class numbers', target);
  const inner = rest.reduce((product, length) => product * length, 1);
  const places = new Int32Array(target.size);
  const weights = new Float32Array(target.size);
  data.forEach((label, i) => {
    if (label === ignoreIndex) return;
    if (!(Number.isInteger(label) && label >= 0 && label < classes!)) {
      const rule = `every target must be a whole number from 0 to ${classes! - 1}, or ignoreIndex (${ignoreIndex})`;
      throw new InvalidInputError({ action, rule, received: show(label) });
    }
    places[i] = (Math.floor(i / inner) * classes! + label) * inner + (i % inner);
    weights[i] = weight?.data[label] ?? 1;
  });
  return { places, weights };
}
