import { checkParams, type OptionsOf, real } from '../../check/index.ts';
import type { AnyModule } from '../module/index.ts';

const spec = {
  /** Gradients whose root mean square is below it vanish. Default 1e-7. */
  vanishing: real({ min: 0, default: 1e-7 }),
  /** Gradients whose root mean square is above it explode. Default 1e3. */
  exploding: real({ above: 0, default: 1e3 }),
};

export type GradientFlowOptions = OptionsOf<typeof spec>;

/** `'none'`: nothing flowed here; `'dead'`: zero everywhere. */
export type GradientVerdict = 'fine' | 'none' | 'dead' | 'vanishing' | 'exploding' | 'not finite';

/** The gradient of one parameter. */
export interface GradientRow {
  /** The parameter's name in the state dict. */
  readonly name: string;
  readonly verdict: GradientVerdict;
  /** Root of the mean square of its values; NaN where there is none. */
  readonly rms: number;
  /** The largest size of a value; NaN where there is none. */
  readonly largest: number;
  /** Share of the values that are 0; NaN where there is none. */
  readonly zeros: number;
}

/**
 * Looks at the gradients of a model after `backward`, from the first parameter to the last: where they end, vanish or
 * explode.
 *
 * @throws InvalidParamError on options that are wrong
 *
 * @example
 * import { gradientFlow, Linear, mean, ones, Sequential } from 'fitwise/nn';
 * const model = new Sequential(new Linear(2, 2, { randomState: 0 }), new Linear(2, 1, { randomState: 1 }));
 * mean(model.forward(ones([3, 2]))).backward();
 * gradientFlow(model).every(({ verdict }) => verdict === 'fine'); // true
 */
export function gradientFlow(model: AnyModule, options: GradientFlowOptions = {}): readonly GradientRow[] {
  const { vanishing, exploding } = checkParams('gradientFlow', spec, options);
  return model.namedParameters().map(([name, { grad }]) => {
    if (grad === null) return { name, verdict: 'none', rms: NaN, largest: NaN, zeros: NaN };
    const measured = measure(grad.data);
    return { name, verdict: judge(measured, vanishing, exploding), ...measured };
  });
}

function measure(values: Float32Array): Pick<GradientRow, 'rms' | 'largest' | 'zeros'> {
  let [squares, largest, zeros] = [0, 0, 0];
  for (const value of values) {
    squares += value * value;
    // Math.max keeps NaN.
    largest = Math.max(largest, Math.abs(value));
    if (value === 0) zeros++;
  }
  const count = Math.max(1, values.length);
  return { rms: Math.sqrt(squares / count), largest, zeros: zeros / count };
}

function judge({ rms, largest }: { rms: number; largest: number }, vanishing: number, exploding: number) {
  if (!Number.isFinite(largest)) return 'not finite';
  if (largest === 0) return 'dead';
  if (rms < vanishing) return 'vanishing';
  return rms > exploding ? 'exploding' : 'fine';
}
