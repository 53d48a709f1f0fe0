/**
 * A weighted mean that grows: of batches, weighted by their sizes, so that a smaller last batch counts for less.
 *
 * @example
 * import { Mean } from 'fitwise/nn';
 * const mean = new Mean();
 * mean.add(1, 3);
 * mean.add(5, 1);
 * mean.value; // 2
 */
export class Mean {
  #sum = 0;
  #weight = 0;

  add(value: number, weight = 1): void {
    this.#sum += value * weight;
    this.#weight += weight;
  }

  /** NaN before anything was added. */
  get value(): number {
    return this.#sum / this.#weight;
  }
}
