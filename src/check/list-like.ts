/** Whether a value is an array or a typed array of numbers. */
export function isListLike(value: unknown): value is ArrayLike<unknown> {
  if (Array.isArray(value)) return true;
  return ArrayBuffer.isView(value) && 'length' in value && !isBig(value);
}

/** BigInts do not mix with numbers. */
function isBig(value: ArrayBufferView): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}
