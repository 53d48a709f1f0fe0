/**
 * Everything that a training run is, in one safetensors file: the model's tensors under torch's names, so that Python
 * reads them, and all other state as a tree in the metadata whose arrays are further tensors (`state.0`, ...).
 */
import { decode, encode, readWhole, writeWhole } from '../../core/index.ts';
import { InvalidFileError, InvalidInputError, show } from '../../errors/index.ts';
import type { RandomState, RandomStateSnapshot } from '../../random/index.ts';
import type { Module, StateDict } from '../module/index.ts';
import { isAway, readState, StateCopy } from '../module/state-copy.ts';
import { holdsTensors, stateInMemory } from '../optimizers/state.ts';
import type { State } from '../optimizers/transform.ts';
import { type OpenParts, openParts, packParts } from './tensor-file.ts';

type AnyModule = Module<readonly unknown[], unknown>;

/** What has a state of plain data: optimisers, schedules, scalers, loaders, averages of weights. */
export interface Stateful {
  getState(): unknown;
  /** Takes what its own `getState` gave. */
  setState(state: never): void;
}

/** The parts of a run; each is optional, and read back under the name it was written. */
export interface RunParts {
  readonly model?: AnyModule;
  readonly optimizer?: Stateful;
  readonly scheduler?: Stateful;
  readonly scaler?: Stateful;
  readonly loader?: Stateful;
  readonly ema?: Stateful;
  /** Generators besides those of the model, which are kept with it. */
  readonly generators?: Readonly<Record<string, RandomState>>;
}

export interface LoadCheckpointOptions {
  /** Refuse names of the model that are missing or unexpected. Default true. */
  readonly strict?: boolean;
}

const FORMAT = 'fitwise-checkpoint';
const MAJOR = 1;
const STATE = /^state\.\d+$/;
const STATEFUL = ['optimizer', 'scheduler', 'scaler', 'loader', 'ema'] as const;

/** What stands in the tree. */
interface Stored {
  readonly states: Readonly<Record<string, unknown>>;
  readonly modelGenerators: Readonly<Record<string, RandomStateSnapshot>>;
  readonly generators: Readonly<Record<string, RandomStateSnapshot>>;
  readonly meta: unknown;
}

/**
 * A run as the bytes of one file.
 *
 * @param meta plain data of your own: the epoch, the best score
 * @throws UnsupportedError if a state or `meta` holds more than plain data, and for what lies on a device, which
 * {@link saveCheckpoint} reads
 *
 * @example
 * import { adam, checkpointFromBytes, checkpointToBytes, Linear, Optimizer } from 'fitwise/nn';
 * const model = new Linear(2, 1);
 * const optimizer = new Optimizer(model.parameters(), adam());
 * const bytes = checkpointToBytes({ model, optimizer }, { epoch: 3 });
 * checkpointFromBytes(bytes, { model, optimizer }).epoch; // 3
 */
export function checkpointToBytes(parts: RunParts, meta: object = {}): Uint8Array {
  return packed(storedOf(parts, meta), parts.model?.stateDict() ?? {});
}

function storedOf({ model, generators = {}, ...parts }: RunParts, meta: object): Stored {
  const named = STATEFUL.filter(name => parts[name] !== undefined);
  return {
    states: Object.fromEntries(named.map(name => [name, parts[name]!.getState()])),
    modelGenerators: snapshots(model === undefined ? [] : model.namedGenerators()),
    generators: snapshots(Object.entries(generators)),
    meta,
  };
}

function packed(stored: Stored, weights: StateDict): Uint8Array {
  const { tree, tensors } = encode(stored, 'save a checkpoint');
  const arrays = Object.fromEntries(tensors.map((array, i) => [`state.${i}`, array]));
  const metadata = { fitwise: FORMAT, version: `${MAJOR}.0`, state: JSON.stringify(tree) };
  return packParts(weights, arrays, metadata);
}

/**
 * Puts a run back into the state of a file. Nothing is changed if the file is damaged or lacks a part that is asked for.
 *
 * @returns the `meta` that was saved
 * @throws InvalidFileError on damaged bytes and newer formats. @throws InvalidInputError if names or shapes do not fit
 */
export function checkpointFromBytes<M = Record<string, unknown>>(
  bytes: Uint8Array,
  parts: RunParts,
  options: LoadCheckpointOptions = {},
): M {
  const file = openParts(bytes);
  const stored = readStored(file);
  const { model, generators = {} } = parts;
  const named = STATEFUL.filter(name => parts[name] !== undefined);
  for (const name of named) demandPart(name, stored.states);
  for (const name of Object.keys(generators)) demandPart(name, stored.generators);
  const own = model === undefined ? [] : model.namedGenerators();
  if (options.strict !== false) for (const [name] of own) demandPart(name, stored.modelGenerators);
  const states = named.map(name => [parts[name]!, stored.states[name]] as const);
  const before = model && new StateCopy(model);
  try {
    model?.loadStateDict(weightsOf(file), options);
    setAll(states, () => before?.restore());
  } finally {
    before?.letGo();
  }
  restore(own, stored.modelGenerators);
  restore(Object.entries(generators), stored.generators);
  return stored.meta as M;
}

/** Sets every state, or none: where one is refused, those before it are set back, and `undo` is called. */
function setAll(states: readonly (readonly [Stateful, unknown])[], undo: () => void): void {
  const before = states.map(([part]) => part.getState());
  let done = 0;
  try {
    for (const [part, state] of states) {
      part.setState(state as never);
      done++;
    }
  } catch (error) {
    for (let k = 0; k < done; k++) states[k]![0].setState(before[k] as never);
    undo();
    throw error;
  }
}

/**
 * Writes a run to a file (Node only), whole or not at all: a run that is killed meanwhile keeps the file before. What
 * lies on a device is read first, as it is when this is called.
 */
export async function saveCheckpoint(path: string, parts: RunParts, meta: object = {}): Promise<void> {
  await writeWhole(path, await bytesOf(parts, meta));
}

async function bytesOf(parts: RunParts, meta: object): Promise<Uint8Array> {
  const stored = storedOf(parts, meta);
  const weights = parts.model?.stateDict() ?? {};
  const states = stored.states as { readonly [name: string]: State };
  if (!isAway(weights) && !holdsTensors(states)) return packed(stored, weights);
  const [read, values] = await Promise.all([stateInMemory(states), readState(weights)]);
  return packed({ ...stored, states: read as Stored['states'] }, values);
}

/** Reads a run from a file (Node only); see {@link checkpointFromBytes}. */
export async function loadCheckpoint<M = Record<string, unknown>>(
  path: string,
  parts: RunParts,
  options: LoadCheckpointOptions = {},
): Promise<M> {
  return checkpointFromBytes<M>(await readWhole(path), parts, options);
}

function snapshots(generators: readonly (readonly [string, RandomState])[]): Record<string, RandomStateSnapshot> {
  return Object.fromEntries(generators.map(([name, generator]) => [name, generator.getState()]));
}

function restore(
  generators: readonly (readonly [string, RandomState])[],
  from: Readonly<Record<string, RandomStateSnapshot>>,
): void {
  for (const [name, generator] of generators) if (Object.hasOwn(from, name)) generator.setState(from[name]!);
}

function readStored(file: OpenParts): Stored {
  const { fitwise, version = '', state = '' } = file.metadata;
  if (fitwise !== FORMAT) refuse("the file must be a checkpoint of fitwise's", show(fitwise));
  if (!(Number.parseInt(version, 10) <= MAJOR))
    refuse(`the format's version must be ${MAJOR}.x or older`, show(version));
  const arrays = file.names.filter(name => STATE.test(name)).length;
  const tensors = Array.from({ length: arrays }, (_, i) => file.array(`state.${i}`));
  const stored = decode({ tree: parse(state), tensors }, noClass) as Partial<Stored> | null;
  const isWhole = [stored?.states, stored?.modelGenerators, stored?.generators].every(isRecord);
  return isWhole ? (stored as Stored) : refuse('its state must be whole', show(stored));
}

function weightsOf(file: OpenParts): StateDict {
  const names = file.names.filter(name => !STATE.test(name));
  return Object.fromEntries(names.map(name => [name, file.tensor(name)]));
}

function demandPart(name: string, found: object): void {
  if (Object.hasOwn(found, name)) return;
  throw new InvalidInputError({
    action: 'load a checkpoint',
    rule: `the file must hold the state of ${show(name)}`,
    received: show(Object.keys(found)),
  });
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('its state must be JSON', 'another text');
  }
}

function noClass(id: string): never {
  return refuse('its state must be plain data', `class ${show(id)}`);
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load a checkpoint', rule, received });
}
