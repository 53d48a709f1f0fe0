import { Module, Parameter } from '../module/index.ts';
import { layerNorm } from '../ops/index.ts';
import { ones, type Shape, type Tensor, zeros } from '../tensor/index.ts';

export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5 (Keras: 1e-3). */
  readonly eps?: number;
  /** Whether to scale and shift. Default true. */
  readonly affine?: boolean;
  /** Whether to shift, where it scales. Default true. */
  readonly bias?: boolean;
}

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

  constructor(normalizedShape: number | Shape, { eps = 1e-5, affine = true, bias = true }: LayerNormOptions = {}) {
    super();
    this.normalizedShape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    this.weight = affine ? new Parameter(ones(this.normalizedShape)) : null;
    this.bias = affine && bias ? new Parameter(zeros(this.normalizedShape)) : null;
    this.eps = eps;
  }

  forward(x: Tensor): Tensor {
    return layerNorm(x, this.normalizedShape, this);
  }
}
