/**
 * Optimisers as pairs of pure functions (after optax): `init` makes a state, `update` turns gradients into steps and the
 * state into the next one. Nothing is changed in place, so that a state can be kept, compared, stored and gone back to;
 * `descend`, which some rules have beside them, is for states that are not.
 */
import { type Device, Tensor } from '../tensor/index.ts';

/** Gradients or steps, one for each parameter; `null` for a parameter that has none this time. On a device: tensors. */
export type Updates = readonly (Float32Array | Tensor | null)[];

/** Plain data, so that a state can be written to a file; while parameters are on a device, with tensors in it. */
export type State = number | Float32Array | Tensor | readonly State[] | { readonly [name: string]: State };

export interface Transform<S extends State = State> {
  init(parameters: readonly Tensor[]): S;
  update(updates: Updates, state: S, parameters: readonly Tensor[]): { updates: Updates; state: S };
  /**
   * As {@link update}, and adds the updates to the parameters: for a state that nobody else knows, whose arrays become
   * those of the next one. The values are in the processor's memory.
   */
  descend?(gradients: readonly (Float32Array | null)[], state: S, parameters: readonly Tensor[]): S;
}

/** What a rule remembers of one parameter. */
export type Slot = { readonly [name: string]: number | Float32Array };

/** A slot whose arrays are tensors on a device. */
export type SlotOn<S extends Slot> = { readonly [Name in keyof S]: S[Name] extends Float32Array ? Tensor : S[Name] };

/** A rule for one parameter: from its gradient and what is remembered to a step and what to remember. */
export interface Rule<S extends Slot, Settings extends Slot> {
  readonly settings: Settings;
  readonly start: (parameter: Tensor) => S;
  readonly step: (update: Float32Array, slot: S, settings: Settings, parameter: Tensor) => readonly [Float32Array, S];
  /** The same step by what a device can do; without it the rule is refused there. */
  readonly stepOn?: (
    device: Device,
    update: Tensor,
    slot: SlotOn<S>,
    settings: Settings,
    parameter: Tensor,
  ) => readonly [Tensor, SlotOn<S>];
}

/**
 * A transform that treats each parameter by itself. Its settings are part of the state, where schedules change them. A
 * parameter without a gradient keeps its slot.
 */
export function perParameter<S extends Slot, Settings extends Slot>(
  rule: Rule<S, Settings>,
): Transform<{
  readonly settings: Settings;
  readonly slots: readonly S[];
}> {
  return {
    init: parameters => ({ settings: rule.settings, slots: parameters.map(rule.start) }),
    update: (updates, { settings, slots }, parameters) => {
      const stepped = updates.map((update, i) => {
        if (update === null) return [null, slots[i]!] as const;
        const given = [slots[i]!, settings, parameters[i]!] as const;
        return update instanceof Tensor
          ? update.device!.composed.step(rule, update, ...given)
          : rule.step(update, ...given);
      });
      return {
        updates: stepped.map(([update]) => update),
        state: { settings, slots: stepped.map(([, slot]) => slot) },
      };
    },
  };
}

/** Transforms one after the other; the state is the list of theirs. */
export function chain(...parts: readonly Transform[]): Transform<readonly State[]> {
  return {
    init: parameters => parts.map(part => part.init(parameters)),
    update: (updates, states, parameters) => {
      let current = updates;
      const next = parts.map((part, i) => {
        const result = part.update(current, states[i]!, parameters);
        current = result.updates;
        return result.state;
      });
      return { updates: current, state: next };
    },
  };
}
