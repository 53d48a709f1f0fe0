import type { AnyEstimator } from '../../src/core/index.ts';
import { type Container, readSafetensors, writeSafetensors } from '../../src/core/safetensors.ts';
import { toBytes } from '../../src/registry/index.ts';

/** A node of the tree in a model file, open for changes. */
export type Tree = unknown[];

/** The bytes of a model whose tree somebody has changed, with a checksum that fits. */
export function forge(model: AnyEstimator, change: (tree: Tree) => unknown): Uint8Array {
  const { metadata, tensors } = readSafetensors(toBytes(model));
  const tree = JSON.parse(metadata.model!) as Tree;
  const text = JSON.stringify(change(tree) ?? tree);
  return writeSafetensors({ metadata: { ...metadata, model: text, checksum: checksum(text, tensors) }, tensors });
}

/** The value of a record's entry. */
export function entry(record: unknown, name: string): Tree {
  const found = (record as Tree).find(one => Array.isArray(one) && one[0] === name) as Tree;
  return found[1] as Tree;
}

/** Sets, or with undefined removes, an entry of a record. */
export function setEntry(record: unknown, name: string, value: unknown): void {
  const list = record as Tree;
  const at = list.findIndex(one => Array.isArray(one) && one[0] === name);
  if (value === undefined) list.splice(at, 1);
  else list.splice(at === -1 ? list.length : at, 1, [name, value]);
}

/** FNV-1a over text and bytes, as the format has it. */
export function checksum(text: string, tensors: Container['tensors']): string {
  const parts = [new TextEncoder().encode(text), ...tensors];
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of parts) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
