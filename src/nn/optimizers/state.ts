/** Settings inside a state, and states read from files. */
import { InvalidInputError, show } from '../../errors/index.ts';
import { Tensor } from '../tensor/index.ts';
import type { State } from './transform.ts';

/**
 * The setting of that name, wherever in the state it stands.
 *
 * @throws InvalidInputError if there is none
 */
export function readSetting(state: State, name: string): number {
  const value = find(state, name);
  if (value === undefined) refuseSetting(name);
  return value;
}

/**
 * The state with another value of a setting.
 *
 * @throws InvalidInputError if there is no such setting, and on what is no finite number
 */
export function withSetting(state: State, name: string, value: number): State {
  if (!Number.isFinite(value)) {
    const rule = `'${name}' must be a finite number`;
    throw new InvalidInputError({ action: 'change an optimizer', rule, received: show(value) });
  }
  readSetting(state, name);
  return replace(state, name, value);
}

function find(state: State, name: string): number | undefined {
  if (isList(state)) return state.map(part => find(part, name)).find(value => value !== undefined);
  return isRecord(state) && isRecord(state.settings) ? (state.settings[name] as number | undefined) : undefined;
}

function replace(state: State, name: string, value: number): State {
  if (isList(state)) return state.map(part => replace(part, name, value));
  const settings = isRecord(state) ? state.settings : undefined;
  const holds = isRecord(settings) && Object.hasOwn(settings, name);
  return holds ? { ...(state as object), settings: { ...settings, [name]: value } } : state;
}

/**
 * Refuses a state that is not built like another one.
 *
 * @throws InvalidInputError at the first place where they differ in kind, names or lengths
 */
export function checkForm(state: State, like: State, path = 'the state'): void {
  if (isList(like)) {
    if (!isList(state) || state.length !== like.length) refuseForm(`${path} must be a list of ${like.length}`, state);
    for (const [i, part] of like.entries()) checkForm(state[i]!, part, `${path}[${i}]`);
  } else if (isRecord(like)) {
    const names = Object.keys(like);
    const isAlike = isRecord(state) && names.every(name => Object.hasOwn(state, name));
    if (!isAlike) refuseForm(`${path} must hold ${names.join(', ')}`, state);
    for (const name of names) checkForm(state[name]!, like[name]!, `${path}.${name}`);
  } else if (like instanceof Float32Array || like instanceof Tensor) {
    const length = lengthOf(like);
    if (lengthOf(state) !== length) refuseForm(`${path} must be a Float32Array of ${length}`, state);
  } else if (typeof state !== 'number') refuseForm(`${path} must be a number`, state);
}

function lengthOf(state: State): number | undefined {
  if (state instanceof Float32Array) return state.length;
  return state instanceof Tensor ? state.size : undefined;
}

/** Lets the tensors of the next state live on, on their device, and frees those that were in the place of them. */
export function takeOver(next: State, before: State): void {
  const [kept, old] = [tensorsIn(next), tensorsIn(before)];
  for (const tensor of kept) if (!old.has(tensor)) tensor.device?.adopt(tensor.storage.values!);
  for (const tensor of old) if (!kept.has(tensor)) tensor.device?.letGo(tensor.storage.values!);
}

export function holdsTensors(state: State): boolean {
  return tensorsIn(state).size > 0;
}

/** The state with arrays in the place of tensors. */
export async function stateInMemory(state: State): Promise<State> {
  if (state instanceof Tensor) return (await state.toCpu()).data;
  if (isList(state)) return Promise.all(state.map(stateInMemory));
  if (!isRecord(state)) return state;
  const parts = Object.entries(state).map(async ([name, part]) => [name, await stateInMemory(part)] as const);
  return Object.fromEntries(await Promise.all(parts));
}

function tensorsIn(state: State): Set<Tensor> {
  if (state instanceof Tensor) return new Set([state]);
  if (!isList(state) && !isRecord(state)) return new Set();
  return new Set(Object.values(state).flatMap((part: State) => [...tensorsIn(part)]));
}

function isList(state: State | undefined): state is readonly State[] {
  return Array.isArray(state);
}

function isRecord(state: State | undefined): state is { readonly [name: string]: State } {
  const isObject = typeof state === 'object' && state !== null && !Array.isArray(state);
  return isObject && !ArrayBuffer.isView(state) && !(state instanceof Tensor);
}

function refuseSetting(name: string): never {
  const rule = `its rule must have the setting '${name}'`;
  throw new InvalidInputError({ action: 'change an optimizer', rule, received: 'a rule without it' });
}

function refuseForm(rule: string, state: State): never {
  throw new InvalidInputError({ action: 'restore an optimizer', rule, received: show(state) });
}
