import { expect, test } from 'vitest';
import { scalarRecord, versionRecord } from '../../../src/nn/files/event-file.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The bytes are those that tensorboard 2.21's RecordWriter wrote for the same events. */
test('event files hold the records that TensorBoard writes', () => {
  expect(hex(versionRecord(1.5))).toBe(
    '1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c',
  );
  expect(hex(scalarRecord({ wallTime: 1.5, step: 300, tag: 'loss', value: 0.25 }))).toBe(
    '1b000000000000001a0d9e1309000000000000f83f10ac022a0d0a0b0a046c6f7373150000803e9908deed',
  );
});
