import { checkOptions } from '../check/index.ts';
import { InvalidFileError, InvalidParamError, show } from '../errors/index.ts';
import { checkModel } from './check-model.ts';
import { decodeWithClasses } from './class-registry.ts';
import { type EstimatorClass, encode, type Node, type Tensor } from './encode.ts';
import { type AnyEstimator, Estimator } from './estimator.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** The format this version writes; a greater major number is refused, as it may mean other things. */
const FORMAT = 'fitwise';
const MAJOR = 1;
const MINOR = 0;

/** What loading takes. */
export interface LoadOptions {
  /** Classes of your own that the model may contain. */
  readonly classes?: readonly EstimatorClass[];
}

/**
 * A model as the bytes of one safetensors file: parameters, what was learned, feature names. No training rows are in
 * it, except for estimators that are their training rows (neighbours).
 *
 * @throws UnsupportedError if a part cannot be stored (functions as parameters).
 */
export function toBytes(model: AnyEstimator): Uint8Array {
  checkModel(model, 'model', 'save a model');
  const { tree, tensors } = encode(model, `save ${model.name}`);
  const text = JSON.stringify(tree);
  const metadata = { format: FORMAT, version: `${MAJOR}.${MINOR}`, model: text, checksum: checksum(text, tensors) };
  return writeSafetensors({ metadata, tensors });
}

/**
 * The model that `toBytes` was given; its predictions are the same to the bit.
 *
 * @throws InvalidFileError on damaged bytes, unknown classes, and newer major formats.
 */
export async function fromBytes(bytes: Uint8Array, options: LoadOptions = {}): Promise<AnyEstimator> {
  checkLoadOptions(options);
  const { metadata, tensors } = readSafetensors(bytes);
  const { format, version = '', model = '', checksum: expected } = metadata;
  if (format !== FORMAT) refuse("the format must be 'fitwise'", show(format));
  const major = Number(/^(\d+)\.\d+$/.exec(version)?.[1] ?? Number.NaN);
  if (!(major >= 1 && major <= MAJOR)) {
    refuse(`the format's version must be ${MAJOR}.x or older`, show(version), 'update fitwise');
  }
  if (checksum(model, tensors) !== expected) refuse('the checksum must fit the contents', 'another');
  const loaded = await decodeModel(parseTree(model), tensors, options);
  return loaded instanceof Estimator ? loaded : refuse('the file must hold an estimator', show(loaded));
}

function checkLoadOptions(options: LoadOptions): void {
  checkOptions(options, ['classes'], 'load a model');
  const { classes = [] } = options;
  if (Array.isArray(classes) && classes.every(isClass)) return;
  throw new InvalidParamError({
    action: 'load a model',
    rule: 'classes must be a list of estimator classes',
    received: show(classes),
  });
}

function isClass(candidate: unknown): boolean {
  return typeof candidate === 'function' && candidate.prototype instanceof Estimator;
}

/** Damage that reaches a constructor or an attribute is still damage of the file. */
async function decodeModel(tree: Node, tensors: readonly Tensor[], { classes }: LoadOptions): Promise<unknown> {
  try {
    return await decodeWithClasses({ tree, tensors }, classes);
  } catch (error) {
    if (error instanceof InvalidFileError) throw error;
    return refuse('its parameters and state must be valid', error instanceof Error ? error.message : show(error));
  }
}

function parseTree(text: string): Node {
  try {
    return JSON.parse(text) as Node;
  } catch {
    return refuse('the model must be JSON', 'another text');
  }
}

/** FNV-1a (Fowler, Noll and Vo, 1991) over the tree's text and the tensors' bytes: finds damage, not malice. */
function checksum(text: string, tensors: readonly ArrayBufferView[]): string {
  let hash = 0x811c9dc5;
  const add = (bytes: Uint8Array) => {
    for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  };
  add(new TextEncoder().encode(text));
  for (const { buffer, byteOffset, byteLength } of tensors) add(new Uint8Array(buffer, byteOffset, byteLength));
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function refuse(rule: string, received: string, repair?: string): never {
  const problem = { action: 'load a model', rule, received };
  throw new InvalidFileError(repair === undefined ? problem : { ...problem, repair });
}
