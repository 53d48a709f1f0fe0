import { Module } from '../module/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { LayerNorm } from './layer-norm.ts';
import type { AttentionMasks } from './multihead-attention.ts';
import { checkModules } from './rules.ts';
import { TransformerEncoderLayer } from './transformer-encoder-layer.ts';

export interface TransformerEncoderOptions {
  /** Normalises the result. Default: nothing does. */
  readonly norm?: LayerNorm;
}

/**
 * Encoder layers one after the other. Each is made by the caller, with weights of its own; torch copies one layer.
 *
 * Shapes: as of the layers.
 *
 * @example
 * import { TransformerEncoder, TransformerEncoderLayer, zeros } from 'fitwise/nn';
 * const layers = [1, 2].map(() => new TransformerEncoderLayer(8, 2, { dimFeedforward: 16 }));
 * new TransformerEncoder(layers).forward(zeros([5, 2, 8])).shape; // [5, 2, 8]
 */
export class TransformerEncoder extends Module<readonly [x: Tensor, masks?: AttentionMasks]> {
  readonly layers: readonly TransformerEncoderLayer[];
  readonly norm: LayerNorm | null;

  /** @throws InvalidParamError unless they are a list of encoder layers */
  constructor(layers: readonly TransformerEncoderLayer[], { norm }: TransformerEncoderOptions = {}) {
    super();
    checkModules('TransformerEncoder', 'a list of encoder layers', TransformerEncoderLayer, layers);
    this.layers = layers;
    this.norm = norm ?? null;
  }

  forward(x: Tensor, masks?: AttentionMasks): Tensor {
    const encoded = this.layers.reduce((value, layer) => layer.forward(value, masks), x);
    return this.norm === null ? encoded : this.norm.forward(encoded);
  }
}
