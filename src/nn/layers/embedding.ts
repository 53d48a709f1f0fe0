import { checkParam, checkParams, integer, nullable, type OptionsOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { normal } from '../init/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { embedding } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { randomState } from './rules.ts';

const spec = {
  /** A row that stays as it is, zeros at first. Default null: none. */
  paddingIndex: nullable(integer({ min: 0 })),
  /** Where the first rows come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type EmbeddingOptions = OptionsOf<typeof spec>;

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
  readonly paddingIndex: number | null;

  constructor(rows: number, width: number, options: EmbeddingOptions = {}) {
    super();
    const { paddingIndex, randomState } = checkParams('Embedding', spec, options);
    const first = normal([rows, width], { randomState: randomFrom(randomState) });
    if (paddingIndex !== null) {
      checkParam('Embedding', 'paddingIndex', integer({ min: 0, max: rows - 1 }), paddingIndex);
      first.data.fill(0, paddingIndex * width, (paddingIndex + 1) * width);
    }
    this.weight = new Parameter(first);
    this.paddingIndex = paddingIndex;
  }

  forward(indices: Tensor): Tensor {
    return embedding(indices, this.weight, this.paddingIndex ?? undefined);
  }
}
