import { checkParam, real } from '../../check/index.ts';
import { UnsupportedError } from '../../errors/index.ts';
import type { AnyModule, StateDict } from '../module/index.ts';
import { asItIs } from '../module/state-copy.ts';
import { Tensor } from '../tensor/index.ts';
import { checkForm, stateInMemory, takeOver } from './state.ts';
import type { State } from './transform.ts';

/**
 * The exponential moving average of a model's parameters: a = decay a + (1 - decay) w after each step, the first a being
 * w (B. T. Polyak and A. B. Juditsky, 1992, for plain means). It often predicts better than the last weights.
 *
 * @example
 * import { Linear, MovingAverage } from 'fitwise/nn';
 * const model = new Linear(2, 1);
 * const average = new MovingAverage(model, 0.99);
 * average.update(); // after each step of the optimizer
 * new Linear(2, 1).loadStateDict(average.stateDict());
 */
export class MovingAverage {
  readonly #model: AnyModule;
  readonly #decay: number;
  #averages: Averages;

  /** @throws InvalidParamError unless `decay` lies in [0, 1] */
  constructor(model: AnyModule, decay = 0.999) {
    this.#model = model;
    this.#decay = checkParam('MovingAverage', 'decay', real({ min: 0, max: 1 }), decay);
    this.#averages = Object.fromEntries(model.namedParameters().map(([name, x]) => [name, firstOf(x)]));
  }

  /**
   * Moves the averages towards the parameters as they are now, where these lie.
   *
   * @throws UnsupportedError if the parameters have come back from a device, and the averages have not
   */
  update(): void {
    const named = this.#model.namedParameters();
    const next = named.map(([name, x]) => [name, moved(this.#averages[name]!, x, this.#decay)] as const);
    this.#replace(Object.fromEntries(next));
  }

  /** The model's state dict with the averages in place of the parameters; those on a device live until the next update. */
  stateDict(): StateDict {
    const state = Object.entries(this.#model.stateDict());
    return Object.fromEntries(
      state.map(([name, tensor]) => {
        const average = this.#averages[name];
        if (average instanceof Tensor) return [name, average];
        if (average !== undefined) return [name, tensor.like(average.slice())];
        return [name, tensor.device === null ? tensor.clone() : tensor];
      }),
    );
  }

  /** Moves the averages back to the processor's memory, after the model's `toCpu`. */
  async toCpu(): Promise<this> {
    this.#replace((await stateInMemory(this.#averages)) as Averages);
    return this;
  }

  /** The averages by the parameters' names, copied; on a device as they are until the next update. */
  getState(): State {
    const parts = Object.entries(this.#averages);
    return Object.fromEntries(parts.map(([name, x]) => [name, x instanceof Tensor ? x : x.slice()]));
  }

  /**
   * Goes on from an earlier state of the same model.
   *
   * @throws InvalidInputError if it has other names or lengths
   */
  setState(state: State): void {
    checkForm(state, this.#averages, 'the averages');
    const given = state as Averages;
    const next = Object.keys(this.#averages).map(name => {
      const x = given[name]!;
      return [name, x instanceof Tensor ? asItIs(x) : x.slice()] as const;
    });
    this.#replace(Object.fromEntries(next));
  }

  #replace(next: Averages): void {
    takeOver(next, this.#averages);
    this.#averages = next;
  }
}

/** By the parameters' names. */
type Averages = Readonly<Record<string, Float32Array | Tensor>>;

function firstOf(parameter: Tensor): Float32Array | Tensor {
  return parameter.device === null ? parameter.data.slice() : asItIs(parameter);
}

/** decay a + (1 - decay) w: in the place of a, or a new tensor on the device of w. */
function moved(average: Float32Array | Tensor, parameter: Tensor, decay: number): Float32Array | Tensor {
  const { device } = parameter;
  if (device === null) {
    if (average instanceof Tensor) refuseDistance();
    const { data } = parameter;
    for (let i = 0; i < average.length; i++) average[i] = decay * average[i]! + (1 - decay) * data[i]!;
    return average;
  }
  if (average instanceof Tensor) return device.map('weightedSum', [average, parameter, decay, 1 - decay]);
  const before = device.place(average, parameter.shape);
  const next = device.map('weightedSum', [before, parameter, decay, 1 - decay]);
  device.letGo(device.adopt(before.storage.values!));
  return next;
}

function refuseDistance(): never {
  throw new UnsupportedError({
    action: 'update a MovingAverage',
    rule: 'the averages must lie where the parameters do',
    received: 'averages on a device, and parameters in the memory of the processor',
    repair: 'await its toCpu()',
  });
}
