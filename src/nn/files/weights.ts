import { readWhole, writeWhole } from '../../core/index.ts';
import type { Module, StateDict } from '../module/index.ts';
import { isAway, readState } from '../module/state-copy.ts';
import { tensorsFromBytes, tensorsToBytes } from './tensor-file.ts';
import { readTorchFile } from './torch-file.ts';

type AnyModule = Module<readonly unknown[], unknown>;

/**
 * Writes a module's parameters and buffers (Node only) as a safetensors file that torch reads, whole or not at all. Those
 * on a device are read first.
 */
export async function saveWeights(module: AnyModule, path: string): Promise<void> {
  const state = module.stateDict();
  await writeWhole(path, tensorsToBytes(isAway(state) ? await readState(state) : state));
}

/**
 * Reads parameters and buffers (Node only) from a safetensors file, or from torch's own `.pt` and `.pth` files.
 *
 * @throws InvalidFileError if the file is damaged, or holds more than tensors
 */
export async function loadWeights(path: string): Promise<StateDict> {
  return readWeights(await readWhole(path));
}

/** As {@link loadWeights}, from bytes: a zip archive is torch's own format, anything else must be safetensors. */
export function readWeights(bytes: Uint8Array): StateDict {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? readTorchFile(bytes) : tensorsFromBytes(bytes).tensors;
}
