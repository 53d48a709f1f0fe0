import { expect } from 'vitest';
import { toPlain } from '../parity/encode.ts';
import { parseLiteral, type Written } from './with-checks.ts';

/** Fails unless `value` is what the example's comment states; numbers are compared to the decimals it shows. */
export function expectValue(value: unknown, literal: string): void {
  const written = parseLiteral(literal)!;
  const received = toPlain(value);
  expect(agree(received, written), `${JSON.stringify(received)} is not ${literal}`).toBe(true);
}

function agree(value: unknown, written: Written): boolean {
  if ('number' in written) return typeof value === 'number' && agreeAsNumbers(value, written.number, written.decimals);
  if ('plain' in written) return value === written.plain;
  if ('list' in written) {
    return (
      Array.isArray(value) && value.length === written.list.length && written.list.every((w, i) => agree(value[i], w))
    );
  }
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(written.record);
  const record = value as Record<string, unknown>;
  return Object.keys(record).length === keys.length && keys.every(key => agree(record[key], written.record[key]!));
}

/** Whole numbers stand for results that are whole but for rounding. */
function agreeAsNumbers(value: number, written: number, decimals: number): boolean {
  if (Object.is(value, written) || value === written) return true;
  const shown = decimals > 0 ? 0.5 * 10 ** -decimals : 0;
  return Math.abs(value - written) <= Math.max(shown, Math.abs(written) * 1e-12) * (1 + 1e-9);
}
