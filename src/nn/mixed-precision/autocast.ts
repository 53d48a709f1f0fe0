import { checkOptions } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { fromBfloat, fromHalf, toBfloat, toHalf } from '../files/half-floats.ts';
import { demandProcessor, type SavedForm, type Shape, Tensor, withSavedForm } from '../tensor/index.ts';

export interface AutocastOptions {
  /**
   * `'bfloat16'`: the range of single precision, 8 bits of precision. `'float16'`: 11 bits, and infinity above 65504.
   * Default `'bfloat16'`.
   */
  readonly dtype?: 'bfloat16' | 'float16';
}

/** What stands in place of a tensor until backward. */
interface Halved {
  readonly bits: Uint16Array;
  readonly shape: Shape;
}

const FORMATS = { bfloat16: { to: toBfloat, from: fromBfloat }, float16: { to: toHalf, from: fromHalf } } as const;

/**
 * Keeps what the operations inside `body` save for backward in 16 bits instead of 32 (torch's `torch.autocast`, as far as
 * a processor without half floats can follow it).
 *
 * What it brings is memory. Measured by {@link memoryReport}, with the error of the gradients, as the norm of the
 * difference over the norm:
 *
 * | model, batch | kept | with autocast | error, bfloat16 | error, float16 |
 * |---|---|---|---|---|
 * | 784-512-256-10 with ReLU, 128 | 0.80 MB | 0.60 MB (0.40 of them data) | 2.1e-3 | 2.5e-4 |
 * | two convolutions to 64 and 128 channels with batch norms, 16 of 28 x 28 | 10.5 MB | 5.3 MB | 1.7e-3 | 2.2e-4 |
 * | TransformerEncoderLayer(128, 4), feed-forward 512, 16 of 128 steps | 38.8 MB | 19.9 MB | 5.6e-4 | 7.2e-5 |
 * | LSTM(64, 128), 32 of 50 steps | 6.2 MB | 3.3 MB | 7.8e-4 | 9.8e-5 |
 *
 * What it does not bring is speed: results and gradients are computed in single precision from what was kept, and the
 * conversions cost 5 to 60 % of a step. The results of `body` do not change by a bit; gradients do, by the rounding of
 * what was kept. Parameters and data are kept as they are, for they lie in memory anyway. Max pools of 2 x 2 look for their
 * maxima again in what was kept: where two values differ by less than its rounding, the gradient may go to the other.
 *
 * @throws UnsupportedError for tensors on a device. @throws InvalidParamError on another format. @throws InvalidInputError if `body` returns a promise
 *
 * @example
 * import { autocast, Linear, mean, randn, Sequential, Tanh } from 'fitwise/nn';
 * const model = new Sequential(new Linear(8, 8, { randomState: 0 }), new Tanh(), new Linear(8, 1, { randomState: 1 }));
 * const loss = autocast(() => mean(model.forward(randn([4, 8], 2))));
 * loss.backward(); // may stand outside
 */
export function autocast<T>(body: () => T, options: AutocastOptions = {}): T {
  checkOptions(options, ['dtype'], 'autocast');
  const { dtype = 'bfloat16' } = options;
  if (!Object.hasOwn(FORMATS, dtype)) {
    const rule = "dtype must be 'bfloat16' or 'float16'";
    throw new InvalidParamError({ action: 'autocast', rule, received: show(dtype) });
  }
  return withSavedForm(halfForm(dtype), body);
}

/** Several operations may save one array (an activation and the layer after it): it is halved once. */
function halfForm(dtype: 'bfloat16' | 'float16'): SavedForm {
  const { to, from } = FORMATS[dtype];
  const seen = new WeakMap<Float32Array, { readonly count: number; readonly bits: Uint16Array }>();
  const halve = ({ data, storage }: Tensor): Uint16Array => {
    const { count } = storage.changes;
    const before = seen.get(data);
    if (before?.count === count) return before.bits;
    const bits = to(data);
    seen.set(data, { count, bits });
    return bits;
  };
  return {
    pack: (saved, isHeld): Halved | Tensor => {
      demandProcessor('keep in 16 bits what operations save', saved);
      return isHeld ? saved : { bits: halve(saved), shape: saved.shape };
    },
    unpack: packed => (packed instanceof Tensor ? packed : restore(packed as Halved, from)),
  };
}

function restore({ bits, shape }: Halved, from: (bits: Uint16Array) => Float32Array): Tensor {
  return new Tensor(from(bits), shape);
}
