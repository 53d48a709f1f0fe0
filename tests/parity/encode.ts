/**
 * Tagged JSON, both ways: numbers that JSON lacks (and -0) are `{ $number: 'NaN' }`; matrices and typed arrays are
 * nested arrays. Other tags pass through untouched: oracle.py reads them.
 */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

interface Table {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/** Nested arrays and records of what the library returns or a case describes; NaN and infinities stay numbers. */
export function toPlain(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>, toPlain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), toPlain(item)]));
  if ('toDense' in value && typeof value.toDense === 'function') return toPlain(value.toDense());
  if (isTable(value)) return tableRows(value);
  if ('toArray' in value && typeof value.toArray === 'function') return toPlain(value.toArray());
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}

function isTable(value: object): value is Table {
  return (
    'data' in value &&
    'rows' in value &&
    'columns' in value &&
    typeof value.rows === 'number' &&
    ArrayBuffer.isView(value.data)
  );
}

function tableRows({ data, rows, columns }: Table): Plain {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => data[i * columns + j]!));
}

/** JSON text of a plain or library value, with the numbers that JSON lacks tagged. */
export function toTaggedJson(value: unknown): string {
  return JSON.stringify(toPlain(value), (_, item: unknown) => {
    const isLacking = typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0));
    return isLacking ? { $number: Object.is(item, -0) ? '-0' : String(item) } : item;
  });
}

/** The inverse of `toTaggedJson`. */
export function fromTaggedJson(text: string): Plain {
  return JSON.parse(text, (_, item: Plain) => (isTagged(item) ? Number(item.$number) : item)) as Plain;
}

function isTagged(item: Plain): item is { $number: string } {
  return typeof item === 'object' && item !== null && '$number' in item;
}
