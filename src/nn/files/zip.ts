/**
 * The members of a zip archive: the container of torch's files, and of numpy's `.npz`.
 *
 * Source: PKWARE, "APPNOTE", sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end).
 */
import { InvalidFileError } from '../../errors/index.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** Methods of packing. */
const STORED = 0;
const DEFLATED = 8;
/** The end may be followed by a comment of at most this length. */
const LONGEST_COMMENT = 65_535;

/** What the directory says of a member, and its bytes as they lie there. */
export interface ZipMember {
  readonly isPacked: boolean;
  /** Bytes when unpacked. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

/**
 * Views of the members by their names, none of which may be packed.
 *
 * @throws InvalidFileError if the archive is damaged, compressed, or larger than 4 GiB
 */
export function readStoredZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const members = new Map<string, Uint8Array>();
  for (const [name, member] of readZip(bytes)) {
    if (member.isPacked) refuse('its members must be stored, not compressed', `method ${DEFLATED} for '${name}'`);
    members.set(name, member.bytes);
  }
  return members;
}

/**
 * The members by their names, stored or packed by deflate.
 *
 * @throws InvalidFileError if the archive is damaged, packed in another way, or larger than 4 GiB
 */
export function readZip(bytes: Uint8Array): Map<string, ZipMember> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const members = new Map<string, ZipMember>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) at = readMember(bytes, view, at, members);
  const total = [...members.values()].reduce((sum, member) => sum + member.bytes.length, 0);
  // Members that share bytes could ask for any amount of memory.
  if (total > bytes.length) refuse('its members must not overlap', `${total} bytes of ${bytes.length}`);
  return members;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  return refuse('it must end with the directory of a zip archive', 'another end');
}

/** Adds the member that an entry of the directory names; gives the place of the next entry. */
function readMember(bytes: Uint8Array, view: DataView, at: number, members: Map<string, ZipMember>): number {
  if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL) {
    refuse('its directory must be whole', `an entry at byte ${at}`);
  }
  const method = view.getUint16(at + 10, true);
  const stored = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const nameLength = view.getUint16(at + 28, true);
  const next = at + CENTRAL_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const local = view.getUint32(at + 42, true);
  if (next > bytes.length) refuse('its directory must be whole', `an entry at byte ${at}`);
  const name = new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength));
  if (method !== STORED && method !== DEFLATED) {
    refuse('its members must be stored, or packed by deflate', `method ${method} for '${name}'`);
  }
  if (method === STORED && size !== stored) refuse(`member '${name}' must have one size`, `${stored} and ${size}`);
  if (local + LOCAL_BYTES > bytes.length || view.getUint32(local, true) !== LOCAL) {
    refuse(`member '${name}' must lie within the file`, `offset ${local}`);
  }
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + stored > bytes.length) refuse(`member '${name}' must lie within the file`, `${stored} bytes at ${start}`);
  members.set(name, { isPacked: method === DEFLATED, size, bytes: bytes.subarray(start, start + stored) });
  return next;
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'read a zip archive', rule, received });
}
