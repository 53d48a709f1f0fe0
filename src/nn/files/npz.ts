import { checkBytes } from './check-bytes.ts';
import { inflate } from './inflate.ts';
import { readNpy } from './npy.ts';
import type { NumberArray } from './number-array.ts';
import { readZip, type ZipMember } from './zip.ts';

const ACTION = 'read an npz file';
const SUFFIX = '.npy';

/**
 * The arrays by name in a file of numpy's `savez` or `savez_compressed`; members that are no arrays are left out.
 *
 * @throws InvalidFileError if it is damaged, a length lies, or an array holds anything but numbers
 */
export async function readNpz(bytes: Uint8Array): Promise<Record<string, NumberArray>> {
  checkBytes(ACTION, bytes);
  const arrays: [string, NumberArray][] = [];
  for (const [name, member] of readZip(bytes)) {
    if (name.endsWith(SUFFIX)) arrays.push([name.slice(0, -SUFFIX.length), readNpy(await unpack(member))]);
  }
  return Object.fromEntries(arrays);
}

async function unpack({ isPacked, size, bytes }: ZipMember): Promise<Uint8Array> {
  return isPacked ? inflate(ACTION, bytes, 'deflate-raw', size) : bytes;
}
