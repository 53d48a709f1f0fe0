import { randomFrom } from '../../random/index.ts';
import { normal } from '../init/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { embedding } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { SeededOptions } from './first-weights.ts';

export interface EmbeddingOptions extends SeededOptions {
  /** A row that stays as it is, zeros at first. Default: none. */
  readonly paddingIndex?: number;
}

/**
 * A learned row of numbers for each whole number: {@link embedding}. The rows start standard normal.
 *
 * Shapes: (...) to (..., width).
 *
 * @example
 * import { Embedding, tensor } from 'fitwise/nn';
 * new Embedding(100, 8).forward(tensor([[3, 14], [15, 92]])).shape; // [2, 2, 8]
 */
export class Embedding extends Module {
  /** Shape (rows, width). */
  readonly weight: Parameter;
  readonly paddingIndex: number;

  constructor(rows: number, width: number, { paddingIndex = -1, randomState = null }: EmbeddingOptions = {}) {
    super();
    const first = normal([rows, width], { randomState: randomFrom(randomState) });
    if (paddingIndex >= 0) first.data.fill(0, paddingIndex * width, (paddingIndex + 1) * width);
    this.weight = new Parameter(first);
    this.paddingIndex = paddingIndex;
  }

  forward(indices: Tensor): Tensor {
    return embedding(indices, this.weight, this.paddingIndex);
  }
}
