/**
 * TensorBoard's event files: records of a length, its checksum, an `Event` message of protocol buffers, and the
 * checksum of that.
 *
 * Source: TensorFlow, `core/lib/io/record_writer.h` and `core/util/event.proto`.
 */
import { crcOf } from './crc.ts';

/** One scalar, as `add_scalar` of torch writes it. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly tag: string;
  readonly value: number;
}

/** The record that every file begins with. */
export function versionRecord(wallTime: number): Uint8Array {
  return record([...fixed64(1, wallTime), ...bytesField(3, encodeText('brain.Event:2'))]);
}

export function scalarRecord({ wallTime, step, tag, value }: ScalarEvent): Uint8Array {
  const item = [...bytesField(1, encodeText(tag)), ...fixed32(2, value)];
  const summary = bytesField(1, item);
  return record([...fixed64(1, wallTime), ...key(2, 0), ...varint(step), ...bytesField(5, summary)]);
}

function record(data: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(16 + data.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(bytes.subarray(12, 12 + data.length)), true);
  return bytes;
}

/** Fields of protocol buffers: a number and how its value is laid out. */
function key(field: number, layout: 0 | 1 | 2 | 5): number[] {
  return varint(field * 8 + layout);
}

function fixed64(field: number, value: number): number[] {
  return [...key(field, 1), ...new Uint8Array(Float64Array.of(value).buffer)];
}

function fixed32(field: number, value: number): number[] {
  return [...key(field, 5), ...new Uint8Array(Float32Array.of(value).buffer)];
}

function bytesField(field: number, content: ArrayLike<number>): number[] {
  return [...key(field, 2), ...varint(content.length), ...Array.from(content)];
}

/** Seven bits a byte, lowest first. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** By the polynomial of Castagnoli. */
const crc32c = crcOf(0x82f63b78);

/** CRC-32C, turned and shifted as TensorFlow stores it, so that a checksum of checksums is no trivial one. */
function maskedChecksum(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
