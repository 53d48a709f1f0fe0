/** IDX, the format of the MNIST files (Y. LeCun, C. Cortes and C. J. C. Burges, 1998), packed by gzip or not. */
import { InvalidFileError, show, showShape } from '../../errors/index.ts';
import { type Shape, sizeOf } from '../tensor/index.ts';
import { checkBytes } from './check-bytes.ts';
import { inflate, inflateUpTo } from './inflate.ts';
import { type NumberArray, type NumberType, readValues } from './number-array.ts';

const ACTION = 'read an IDX file';
const MOST_AXES = 255;

const TYPES: ReadonlyMap<number, NumberType> = new Map<number, NumberType>([
  [0x08, { size: 1, read: bytes => new Uint8Array(bytes) }],
  [0x09, { size: 1, read: bytes => new Int8Array(bytes) }],
  [0x0b, { size: 2, read: bytes => new Int16Array(bytes) }],
  [0x0c, { size: 4, read: bytes => new Int32Array(bytes) }],
  [0x0d, { size: 4, read: bytes => new Float32Array(bytes) }],
  [0x0e, { size: 8, read: bytes => new Float64Array(bytes) }],
]);

/**
 * The array in an IDX file, such as MNIST's `train-images-idx3-ubyte.gz`: shape (60000, 28, 28), values 0 to 255.
 *
 * @param bytes of the file as it is, or packed by gzip
 * @throws InvalidFileError if it is damaged, of another format, or its lengths lie
 *
 * @example
 * import { readIdx, tensor } from 'fitwise/nn';
 * const labels = await readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4));
 * tensor(labels).toArray(); // [5, 0, 4]
 */
export async function readIdx(bytes: Uint8Array): Promise<NumberArray> {
  checkBytes(ACTION, bytes);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const head = isPacked ? await inflateUpTo(ACTION, bytes, 'gzip', 4 + 4 * MOST_AXES) : bytes;
  const { type, shape } = readHead(head);
  const start = 4 + 4 * shape.length;
  const length = start + sizeOf(shape) * type.size;
  if (!Number.isSafeInteger(length)) refuse('its lengths must be possible', showShape(...shape));
  const whole = isPacked ? await inflate(ACTION, bytes, 'gzip', length) : bytes;
  if (whole.length !== length) refuse(`it must hold the values of ${showShape(...shape)}`, `${whole.length} bytes`);
  return { data: readValues(whole.subarray(start), type, true), shape };
}

/** Two zeros, the type, the number of axes, and the length of each in 32 bits. */
function readHead(bytes: Uint8Array): { readonly type: NumberType; readonly shape: Shape } {
  const [zero, alsoZero, code, axes] = bytes;
  const type = TYPES.get(code ?? -1);
  if (zero !== 0 || alsoZero !== 0 || type === undefined || axes === undefined) {
    return refuse('it must begin with two zeros and a type of values', show(bytes.subarray(0, 4)));
  }
  if (bytes.length < 4 + 4 * axes) refuse(`it must have the lengths of its ${axes} axes`, `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { type, shape: Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis)) };
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: ACTION, rule, received });
}
