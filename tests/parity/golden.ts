import { createHash } from 'node:crypto';
import type { OracleSpec } from './case.ts';
import { type Plain, toTaggedJson } from './encode.ts';

/** The seed at which goldens are made. */
export const GOLDEN_SEED = 19;

/** One file of tests/golden. */
export interface Golden {
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly cases: readonly { readonly name: string; readonly question: string; readonly result: Plain }[];
}

/** Short hash of what the oracle was asked: a golden answers that question and no other. */
export function questionHash(spec: OracleSpec): string {
  return createHash('sha256').update(toTaggedJson(spec)).digest('hex').slice(0, 12);
}

/** JSON with one line for each case, so that a change shows as the lines that changed. */
export function goldenText({ versions, seed, cases }: Golden): string {
  const lines = cases.map(item => `    ${toTaggedJson(item)}`);
  return `{\n  "versions": ${JSON.stringify(versions)},\n  "seed": ${seed},\n  "cases": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
