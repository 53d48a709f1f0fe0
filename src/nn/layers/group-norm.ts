import { Module, Parameter } from '../module/index.ts';
import { groupNorm } from '../ops/index.ts';
import { ones, type Tensor, zeros } from '../tensor/index.ts';

export interface GroupNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Whether to scale and shift. Default true. */
  readonly affine?: boolean;
}

/**
 * Normalises each sample over groups of neighbouring channels: {@link groupNorm}. Shapes: (N, C, ...), kept.
 *
 * @example
 * import { GroupNorm, zeros } from 'fitwise/nn';
 * new GroupNorm(2, 6).forward(zeros([3, 6, 4])).shape; // [3, 6, 4]
 */
export class GroupNorm extends Module {
  readonly groups: number;
  /** Shape (C,); null without affine. */
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;
  readonly eps: number;

  constructor(groups: number, channels: number, { eps = 1e-5, affine = true }: GroupNormOptions = {}) {
    super();
    this.groups = groups;
    this.weight = affine ? new Parameter(ones([channels])) : null;
    this.bias = affine ? new Parameter(zeros([channels])) : null;
    this.eps = eps;
  }

  forward(x: Tensor): Tensor {
    return groupNorm(x, this.groups, this);
  }
}
