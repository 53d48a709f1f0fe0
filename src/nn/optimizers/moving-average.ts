import { checkParam, real } from '../../check/index.ts';
import type { AnyModule, StateDict } from '../module/index.ts';
import { checkForm } from './state.ts';
import type { State } from './transform.ts';

/**
 * The exponential moving average of a model's parameters: a = decay a + (1 - decay) w after each step, the first a being
 * w (B. T. Polyak and A. B. Juditsky, 1992, for plain means). It often predicts better than the last weights. The model must
 * lie in the processor's memory.
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
  #averages: Readonly<Record<string, Float32Array>>;

  /** @throws InvalidParamError unless `decay` lies in [0, 1] */
  constructor(model: AnyModule, decay = 0.999) {
    this.#model = model;
    this.#decay = checkParam('MovingAverage', 'decay', real({ min: 0, max: 1 }), decay);
    this.#averages = Object.fromEntries(model.namedParameters().map(([name, { data }]) => [name, data.slice()]));
  }

  /** Moves the averages towards the parameters as they are now. */
  update(): void {
    const decay = this.#decay;
    for (const [name, { data }] of this.#model.namedParameters()) {
      const average = this.#averages[name]!;
      for (let i = 0; i < average.length; i++) average[i] = decay * average[i]! + (1 - decay) * data[i]!;
    }
  }

  /** The model's state dict with the averages in place of the parameters. */
  stateDict(): StateDict {
    const state = Object.entries(this.#model.stateDict());
    return Object.fromEntries(
      state.map(([name, tensor]) => [name, tensor.like((this.#averages[name] ?? tensor.data).slice())]),
    );
  }

  /** The averages by the parameters' names, copied. */
  getState(): State {
    return Object.fromEntries(Object.entries(this.#averages).map(([name, average]) => [name, average.slice()]));
  }

  /**
   * Goes on from an earlier state of the same model.
   *
   * @throws InvalidInputError if it has other names or lengths
   */
  setState(state: State): void {
    checkForm(state, this.#averages, 'the averages');
    const given = state as Readonly<Record<string, Float32Array>>;
    this.#averages = Object.fromEntries(Object.keys(this.#averages).map(name => [name, given[name]!.slice()]));
  }
}
