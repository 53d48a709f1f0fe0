import { boolean, checkParams, type OptionsOf } from '../../check/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { layerNorm } from '../ops/index.ts';
import { ones, type Shape, type Tensor, zeros } from '../tensor/index.ts';
import { epsilon } from './rules.ts';

const spec = {
  /** Added to the variance. Default 1e-5 (Keras: 1e-3). */
  eps: epsilon(),
  /** Whether to scale and shift. Default true. */
  affine: boolean({ default: true }),
  /** Whether to shift, where it scales. Default true. */
  bias: boolean({ default: true }),
};

export type LayerNormOptions = OptionsOf<typeof spec>;

/**
 * Normalises each sample over its last axes: {@link layerNorm}. Shapes: (..., *normalizedShape), kept.
 *
 * @example
 * import { LayerNorm, zeros } from 'fitwise/nn';
 * new LayerNorm(16).forward(zeros([2, 5, 16])).shape; // [2, 5, 16]
 */
export class LayerNorm extends Module {
  readonly normalizedShape: Shape;
  /** Of the normalised axes; null without affine. */
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;
  readonly eps: number;

  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    super();
    const { eps, affine, bias } = checkParams('LayerNorm', spec, options);
    this.normalizedShape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    this.weight = affine ? new Parameter(ones(this.normalizedShape)) : null;
    this.bias = affine && bias ? new Parameter(zeros(this.normalizedShape)) : null;
    this.eps = eps;
  }

  forward(x: Tensor): Tensor {
    return layerNorm(x, this.normalizedShape, this);
  }
}
