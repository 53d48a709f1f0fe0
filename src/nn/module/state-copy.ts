import { Tensor } from '../tensor/index.ts';
import type { AnyModule } from './hooks.ts';
import type { StateDict } from './state-dict.ts';

/** A model's parameters and buffers as they are now, kept where they lie until they are let go. */
export class StateCopy {
  readonly #model: AnyModule;
  readonly #state: StateDict;

  constructor(model: AnyModule) {
    this.#model = model;
    this.#state = mapState(model.stateDict(), asItIs);
  }

  /** Gives the model back what it was. */
  restore(): void {
    this.#model.loadStateDict(this.#state, { strict: false });
  }

  letGo(): void {
    for (const { device, storage } of Object.values(this.#state)) device?.letGo(storage.values!);
  }
}

/** A state in the processor's memory, whatever is done to the model while it is read. */
export async function readState(state: StateDict): Promise<StateDict> {
  const read = Object.entries(state).map(async ([name, tensor]) => [name, await tensor.toCpu()] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** Whether a part of it lies on a device. */
export function isAway(state: StateDict): boolean {
  return Object.values(state).some(({ device }) => device !== null);
}

/** Values on a device are never written to: whoever changes a tensor there puts others in their place. */
export function asItIs(tensor: Tensor): Tensor {
  const { device, storage, shape } = tensor;
  if (device === null) return tensor.clone();
  return new Tensor({ changes: { count: 0 }, data: null, values: device.hold(storage.values!) }, shape);
}

function mapState(state: StateDict, change: (tensor: Tensor) => Tensor): StateDict {
  return Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, change(tensor)]));
}
