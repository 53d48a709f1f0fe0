/** Bytes packed by deflate (P. Deutsch, RFC 1950-1952, 1996), unpacked by the host's own `DecompressionStream`. */
import { InvalidFileError, show } from '../../errors/index.ts';

/** `gzip`, zlib's `deflate`, or `deflate-raw` without head and checksum, as in zip archives. */
export type Packing = 'gzip' | 'deflate' | 'deflate-raw';

/**
 * All bytes of a stream that must unpack to `length` of them; no more than these are ever held.
 *
 * @throws InvalidFileError if it is damaged, or holds another number of bytes
 */
export async function inflate(
  action: string,
  packed: Uint8Array,
  packing: Packing,
  length: number,
): Promise<Uint8Array> {
  const bytes = await inflateUpTo(action, packed, packing, length + 1);
  if (bytes.length === length) return bytes;
  const received = bytes.length > length ? 'more' : `${bytes.length}`;
  throw new InvalidFileError({ action, rule: `its packed part must hold ${length} bytes`, received });
}

/**
 * The first bytes of a stream: `most` of them, or all where there are fewer.
 *
 * @throws InvalidFileError if it is damaged
 */
export async function inflateUpTo(
  action: string,
  packed: Uint8Array,
  packing: Packing,
  most: number,
): Promise<Uint8Array> {
  const unpacking = new DecompressionStream(packing) as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>;
  const reader = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(unpacking).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
      length += step.value.length;
      if (length >= most) break;
    }
    await reader.cancel();
  } catch (cause) {
    const received = cause instanceof Error ? cause.message : show(cause);
    const error = new InvalidFileError({ action, rule: `its packed part must be a whole ${packing} stream`, received });
    error.cause = cause;
    throw error;
  }
  return join(chunks, Math.min(length, most));
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
