/**
 * The members of a zip archive that are stored as they are: the container of torch's files.
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
/** The end may be followed by a comment of at most this length. */
const LONGEST_COMMENT = 65_535;

/**
 * Views of the members by their names.
 *
 * @throws InvalidFileError if the archive is damaged, compressed, or larger than 4 GiB
 */
export function readStoredZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const members = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const next = readMember(bytes, view, at, members);
    at = next;
  }
  return members;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  return refuse('it must end with the directory of a zip archive', 'another end');
}

/** Adds the member that an entry of the directory names; gives the place of the next entry. */
function readMember(bytes: Uint8Array, view: DataView, at: number, members: Map<string, Uint8Array>): number {
  if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL) {
    refuse('its directory must be whole', `an entry at byte ${at}`);
  }
  const method = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 20, true);
  const nameLength = view.getUint16(at + 28, true);
  const next = at + CENTRAL_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const local = view.getUint32(at + 42, true);
  if (next > bytes.length) refuse('its directory must be whole', `an entry at byte ${at}`);
  const name = new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength));
  if (method !== 0) refuse('its members must be stored, not compressed', `method ${method} for '${name}'`);
  if (local + LOCAL_BYTES > bytes.length || view.getUint32(local, true) !== LOCAL) {
    refuse(`member '${name}' must lie within the file`, `offset ${local}`);
  }
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + size > bytes.length) refuse(`member '${name}' must lie within the file`, `${size} bytes at ${start}`);
  members.set(name, bytes.subarray(start, start + size));
  return next;
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'read a zip archive', rule, received });
}
