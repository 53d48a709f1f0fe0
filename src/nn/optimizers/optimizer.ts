import { InvalidParamError, show, UnsupportedError } from '../../errors/index.ts';
import { addInto } from '../../kernels/index.ts';
import { noGrad, Tensor } from '../tensor/index.ts';
import { checkForm, holdsTensors, readSetting, stateInMemory, takeOver, withSetting } from './state.ts';
import type { State, Transform } from './transform.ts';

/** Parameters that share one rule. */
export interface ParameterGroup {
  readonly parameters: readonly Tensor[];
  readonly rule: Transform;
}

/**
 * A rule bound to parameters: keeps its state, reads gradients from `grad`, and changes the parameters in place.
 *
 * @example
 * import { Linear, Optimizer, adam, mean, square, zeros } from 'fitwise/nn';
 * const model = new Linear(3, 1);
 * const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.01 }));
 * for (let step = 0; step < 10; step++) {
 *   optimizer.zeroGrad();
 *   mean(square(model.forward(zeros([4, 3])))).backward();
 *   optimizer.step();
 * }
 */
export class Optimizer {
  readonly #groups: readonly BoundGroup[];

  /** @throws InvalidParamError if there is no parameter, one is there twice or no leaf, or there is no rule */
  constructor(parameters: readonly Tensor[], rule: Transform);
  constructor(groups: readonly ParameterGroup[]);
  constructor(given: readonly Tensor[] | readonly ParameterGroup[], rule?: Transform) {
    const groups =
      rule === undefined ? (given as readonly ParameterGroup[]) : [{ parameters: given as readonly Tensor[], rule }];
    checkGroups(groups);
    this.#groups = groups.map(({ parameters, rule }) => ({
      parameters,
      rule,
      state: rule.init(parameters),
      isAway: false,
      isShown: false,
    }));
  }

  /** All parameters, group by group. */
  get parameters(): readonly Tensor[] {
    return this.#groups.flatMap(({ parameters }) => parameters);
  }

  /** The learning rate; of the first group where there are several. */
  get lr(): number {
    return this.settings('lr')[0]!;
  }

  /** Sets the learning rate of every group. */
  set lr(value: number) {
    this.setSettings(
      'lr',
      this.#groups.map(() => value),
    );
  }

  /**
   * A setting that schedules change (`lr`, `momentum`, `beta1`), group by group.
   *
   * @throws InvalidInputError if a group's rule has no such setting
   */
  settings(name: string): readonly number[] {
    return this.#groups.map(({ state }) => readSetting(state, name));
  }

  /** Changes a setting group by group. */
  setSettings(name: string, values: readonly number[]): void {
    this.#groups.forEach((group, i) => {
      group.state = withSetting(group.state, name, values[i]!);
    });
  }

  /** Drops the gradients of all parameters. */
  zeroGrad(): void {
    for (const { parameters } of this.#groups) for (const parameter of parameters) parameter.grad = null;
  }

  /**
   * Changes every parameter that has a gradient by one step of its group's rule. What the rules remember is moved to the
   * device of the parameters at the first step there.
   */
  step(): void {
    for (const group of this.#groups) {
      const gradients = group.parameters.map(({ grad }) => grad && (grad.device === null ? grad.data : grad));
      const isAway = gradients.some(gradient => gradient instanceof Tensor);
      const isHere = gradients.some(gradient => gradient instanceof Float32Array);
      if (isHere && isAway) refuseStep('the parameters of a group must lie on one device', 'some that do not');
      if (isHere && group.isAway) {
        const received = 'a state on a device, and parameters in the memory of the processor';
        refuseStep('what it remembers must lie where its parameters do', received, 'await its toCpu()');
      }
      if (!isAway && !group.isShown && group.rule.descend !== undefined) {
        group.state = group.rule.descend(gradients as Values, group.state, group.parameters);
        continue;
      }
      const { updates, state } = group.rule.update(gradients, group.state, group.parameters);
      group.isShown = false;
      if (isAway) {
        takeOver(state, group.state);
        group.isAway = holdsTensors(state);
      }
      group.state = state;
      updates.forEach((update, i) => {
        if (update !== null) applyTo(update, group.parameters[i]!);
      });
    }
  }

  /** Moves what the rules remember back to the processor's memory, after a model's `toCpu`. */
  async toCpu(): Promise<this> {
    const states = await Promise.all(this.#groups.map(({ state }) => stateInMemory(state)));
    this.setState(states);
    return this;
  }

  /**
   * What the rules remember, group by group: plain data, never written to afterwards. While parameters are on a device
   * it holds tensors there, which live until the next step.
   */
  getState(): readonly State[] {
    return this.#groups.map(group => {
      group.isShown = true;
      return group.state;
    });
  }

  /**
   * Goes on from an earlier state of the same rules and parameters.
   *
   * @throws InvalidInputError if it has another form
   */
  setState(states: readonly State[]): void {
    checkForm(states, this.getState());
    this.#groups.forEach((group, i) => {
      takeOver(states[i]!, group.state);
      group.state = states[i]!;
      group.isShown = true;
      group.isAway = holdsTensors(group.state);
    });
  }
}

interface BoundGroup extends ParameterGroup {
  state: State;
  /** Whether the state holds tensors on a device. */
  isAway: boolean;
  /** Whether somebody else knows the state, or gave it. */
  isShown: boolean;
}

type Values = readonly (Float32Array | null)[];

/** torch's rules: there are parameters, all leaves of the tape, each in one place. */
function checkGroups(groups: readonly ParameterGroup[]): void {
  if (!Array.isArray(groups) || groups.length === 0) refuseGroups('there must be a group of parameters', groups);
  const seen = new Set<Tensor>();
  for (const group of groups as readonly Partial<ParameterGroup>[]) {
    const { parameters, rule } = group ?? {};
    if (!Array.isArray(parameters) || parameters.length === 0 || !parameters.every(part => part instanceof Tensor)) {
      refuseGroups('parameters must be a list of tensors, and not empty', parameters);
    }
    if (typeof rule?.init !== 'function') refuseGroups('there must be a rule, such as adam()', rule);
    for (const parameter of parameters as readonly Tensor[]) {
      if (!parameter.isLeaf) refuseGroups('parameters must be no results of operations', parameter);
      if (seen.has(parameter)) refuseGroups('every parameter must be there once', parameter);
      seen.add(parameter);
    }
  }
}

function refuseGroups(rule: string, received: unknown): never {
  throw new InvalidParamError({ action: 'make an Optimizer', rule, received: show(received) });
}

function refuseStep(rule: string, received: string, repair?: string): never {
  const problem = { action: 'step an optimizer', rule, received };
  throw new UnsupportedError(repair === undefined ? problem : { ...problem, repair });
}

function applyTo(update: Float32Array | Tensor, parameter: Tensor): void {
  if (update instanceof Tensor) {
    noGrad(() => parameter.assign(update.device!.map('add', [parameter, update])));
    return;
  }
  addInto(parameter.data, update, parameter.data);
  parameter.markChanged();
}
