import { boolean, checkParam, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { groupNorm } from '../ops/index.ts';
import { ones, type Tensor, zeros } from '../tensor/index.ts';
import { epsilon } from './rules.ts';

const spec = {
  /** Added to the variance. Default 1e-5. */
  eps: epsilon(),
  /** Whether to scale and shift. Default true. */
  affine: boolean({ default: true }),
};

export type GroupNormOptions = OptionsOf<typeof spec>;

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

  /** @throws InvalidParamError unless `groups` divides `channels` */
  constructor(groups: number, channels: number, options: GroupNormOptions = {}) {
    super();
    const { eps, affine } = checkParams('GroupNorm', spec, options);
    checkParam('GroupNorm', 'groups', integer({ min: 1 }), groups);
    checkParam('GroupNorm', 'channels', integer({ min: 1 }), channels);
    if (channels % groups !== 0) {
      const rule = `groups must divide the channels (${channels})`;
      throw new InvalidParamError({ action: 'make GroupNorm', rule, received: show(groups) });
    }
    this.groups = groups;
    this.weight = affine ? new Parameter(ones([channels])) : null;
    this.bias = affine ? new Parameter(zeros([channels])) : null;
    this.eps = eps;
  }

  forward(x: Tensor): Tensor {
    return groupNorm(x, this.groups, this);
  }
}
