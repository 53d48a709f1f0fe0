/** The product of matrices as all versions must give it, to the bit. */

export interface Factors {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: (i: number, step: number) => number;
  readonly b: (step: number, j: number) => number;
  /** What the product is added to. */
  readonly c?: ((i: number, j: number) => number) | undefined;
  /** To the precision of the elements. */
  readonly round?: (value: number) => number;
}

/** Element (i, j): blocks of 256 steps, each summed from zero in order, and added up in order. */
export function elementOf({ k, a, b, c, round = value => value }: Factors, i: number, j: number): number {
  let total = c?.(i, j) ?? 0;
  for (let block = 0; block < k; block += 256) {
    let sum = 0;
    for (let s = block; s < Math.min(k, block + 256); s++) sum = round(sum + round(a(i, s) * b(s, j)));
    total = c !== undefined || block > 0 ? round(total + sum) : sum;
  }
  return total;
}

export function elementsOf(factors: Factors): number[] {
  return Array.from({ length: factors.m * factors.n }, (_, at) =>
    elementOf(factors, Math.floor(at / factors.n), at % factors.n),
  );
}
