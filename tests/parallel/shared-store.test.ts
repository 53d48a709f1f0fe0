import { afterEach, expect, test, vi } from 'vitest';
import { SharedStore } from '../../src/parallel/shared-store.ts';
import { decode } from '../../src/parallel/wire.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A store, and the keys that it has told its workers to forget. */
function makeStore() {
  const forgotten: number[] = [];
  return { store: new SharedStore(key => forgotten.push(key)), forgotten };
}

const filled = (value: number, length = 4) => ({ values: new Float64Array(length).fill(value) });
const valuesOf = (wire: unknown) => (decode(wire as never) as { values: Float64Array }).values;

test('SharedStore puts typed arrays into one shared buffer, equal arrays that are the same object once', () => {
  const { store } = makeStore();
  const labels = Int8Array.of(1, 2, 3);
  const value = { labels, again: [labels], weights: Float64Array.of(0.5), empty: new Uint8Array() };
  const copy = decode(store.use(value).wire) as typeof value;
  expect(copy).toStrictEqual(value);
  expect(copy.labels.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(copy.weights.buffer).toBe(copy.labels.buffer);
  expect(copy.labels.buffer.byteLength).toBe(8 + 8);
  expect(copy.again[0]!.byteOffset).toBe(copy.labels.byteOffset);
});

test('SharedStore copies a value once while it is kept', () => {
  const { store, forgotten } = makeStore();
  const value = filled(1);
  const first = store.use(value);
  first.users--;
  expect(store.use(value)).toBe(first);
  expect(forgotten).toEqual([]);
});

test('SharedStore reuses the memory of values that nobody uses, and tells workers to forget them', () => {
  const { store, forgotten } = makeStore();
  const first = store.use(filled(1));
  const second = store.use(filled(2));
  expect(valuesOf(second.wire).buffer).not.toBe(valuesOf(first.wire).buffer);
  first.users--;
  const third = store.use(filled(3, 2));
  expect(valuesOf(third.wire).buffer).toBe(valuesOf(first.wire).buffer);
  expect(forgotten).toEqual([first.key]);
  expect([...valuesOf(third.wire)]).toEqual([3, 3]);
  expect([...valuesOf(second.wire)]).toEqual([2, 2, 2, 2]);
});

test('SharedStore at least doubles a buffer that is too small, so that the sizes left behind stay below the last', () => {
  const { store } = makeStore();
  store.use(filled(1, 10)).users--;
  const buffer = valuesOf(store.use(filled(2, 11)).wire).buffer;
  expect(buffer.byteLength).toBe(160);
});

test('SharedStore without shared memory hands the arrays themselves on, to be cloned', () => {
  vi.stubGlobal('crossOriginIsolated', false);
  const { store, forgotten } = makeStore();
  const value = filled(1);
  const first = store.use(value);
  expect(valuesOf(first.wire)).toBe(value.values);
  first.users--;
  store.use(filled(2));
  expect(forgotten).toEqual([first.key]);
});
