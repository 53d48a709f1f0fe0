import { perParameter } from './transform.ts';

export interface TraceOptions {
  /** Share of the last velocity that is kept. */
  readonly momentum: number;
  /** Share of a new gradient that does not enter. Default 0. */
  readonly dampening?: number;
  /** Give g + momentum v, where v will be, instead of v (Y. Nesterov, 1983). Default false. */
  readonly nesterov?: boolean;
}

/** v = momentum v + (1 - dampening) g, the first v being g; gives v. */
export function trace({ momentum, dampening = 0, nesterov = false }: TraceOptions) {
  return perParameter({
    settings: { momentum },
    start: ({ size }) => ({ step: 0, velocity: new Float32Array(size) }),
    step: (gradient, { step, velocity }, { momentum }) => {
      const share = shareAt(step, dampening);
      const next = new Float32Array(velocity.length);
      for (let i = 0; i < next.length; i++) next[i] = momentum * velocity[i]! + share * gradient[i]!;
      return [nesterov ? ahead(gradient, next, momentum) : next, { step: step + 1, velocity: next }];
    },
    stepOn: (device, gradient, { step, velocity }, { momentum }) => {
      const next = device.map('weightedSum', [velocity, gradient, momentum, shareAt(step, dampening)]);
      const update = nesterov ? device.map('weightedSum', [gradient, next, 1, momentum]) : next;
      return [update, { step: step + 1, velocity: next }];
    },
  });
}

function shareAt(step: number, dampening: number): number {
  return step === 0 ? 1 : 1 - dampening;
}

function ahead(gradient: Float32Array, velocity: Float32Array, momentum: number): Float32Array {
  const update = new Float32Array(gradient.length);
  for (let i = 0; i < update.length; i++) update[i] = gradient[i]! + momentum * velocity[i]!;
  return update;
}
