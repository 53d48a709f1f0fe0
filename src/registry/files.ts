import {
  type AnyEstimator,
  fromBytes as decodeBytes,
  toBytes as encodeBytes,
  type LoadOptions,
  readWhole,
  writeWhole,
} from '../core/index.ts';
import { useBuiltInClasses } from './built-in.ts';

/**
 * A model as the bytes of one safetensors file: parameters, what was learned, feature names. It holds no training
 * rows, except where the rows are the model (neighbours).
 *
 * @throws UnsupportedError if a part cannot be stored, such as a function given as a parameter.
 *
 * @example
 * import { fromBytes, StandardScaler, toBytes } from 'fitwise';
 * const scaler = await new StandardScaler().fit([[1], [3]]);
 * const copy = await fromBytes(toBytes(scaler));
 * copy.name; // 'StandardScaler'
 */
export function toBytes(model: AnyEstimator): Uint8Array {
  return encodeBytes(model);
}

/**
 * The model that `toBytes` was given; its predictions are the same to the bit. Nothing in the bytes is evaluated.
 *
 * @throws InvalidFileError on damaged bytes, unknown classes, and newer major formats.
 */
export async function fromBytes<M = AnyEstimator>(bytes: Uint8Array, options: LoadOptions = {}): Promise<M> {
  useBuiltInClasses();
  return (await decodeBytes(bytes, options)) as M;
}

/**
 * Saves a model to a file (Node only), written whole or not at all. See `toBytes`.
 *
 * @throws InvalidFileError if the file cannot be written; `cause` holds the host's error.
 */
export async function save(model: AnyEstimator, path: string): Promise<void> {
  await writeWhole(path, toBytes(model));
}

/**
 * Loads a model from a file (Node only). See `fromBytes`.
 *
 * @throws InvalidFileError if the file cannot be read (`cause` holds the host's error), and as `fromBytes`.
 */
export async function load<M = AnyEstimator>(path: string, options: LoadOptions = {}): Promise<M> {
  return await fromBytes<M>(await readWhole(path), options);
}
