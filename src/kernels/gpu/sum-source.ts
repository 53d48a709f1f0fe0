import { SUM_BLOCK } from './sample-check.ts';

/**
 * Source that returns the sum of `term(k)` over as many k as `blocksOf` says, 64 at a time. The bounds are constants:
 * gpu.js silently cuts loops with other bounds after 1000 rounds.
 */
export function sumSource(term: (k: string) => string): string {
  return `
    let sum = 0;
    for (let block = 0; block < this.constants.blocks; block++) {
      let part = 0;
      for (let k = 0; k < ${SUM_BLOCK}; k++) { part += ${term(`block * ${SUM_BLOCK} + k`)}; }
      sum += part;
    }
    let rest = 0;
    for (let k = 0; k < this.constants.rest; k++) { rest += ${term(`this.constants.blocks * ${SUM_BLOCK} + k`)}; }
    return sum + rest;
  `;
}

/** The constants of `sumSource` for so many terms. */
export function blocksOf(terms: number): { readonly blocks: number; readonly rest: number } {
  return { blocks: Math.floor(terms / SUM_BLOCK), rest: terms % SUM_BLOCK };
}
