/** Images are tensors of shape (channels, height, width); transforms of them leave the tape alone. */
import { either, listOf, type Rule, real } from '../../../check/index.ts';
import { InvalidInputError, show, showShape } from '../../../errors/index.ts';
import { Tensor } from '../../tensor/index.ts';

export interface ImageSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** @throws InvalidInputError unless it is an image of at least one pixel that no gradient flows to */
export function sizeOfImage(action: string, image: Tensor): ImageSize {
  const isImage = image instanceof Tensor && image.ndim === 3 && image.size > 0;
  if (!isImage) {
    const received = image instanceof Tensor ? showShape(...image.shape) : show(image);
    throw new InvalidInputError({
      action,
      rule: 'the image must be a tensor of shape (channels, height, width)',
      received,
    });
  }
  if (image.requiresGrad) {
    const rule = 'the image must not require a gradient, since transforms are not recorded';
    throw new InvalidInputError({ action, rule, received: 'one that does', repair: 'detach it first' });
  }
  const [channels, height, width] = image.shape as [number, number, number];
  return { channels, height, width };
}

/** What stands where there is no pixel: one value, or one for each channel. */
export type Fill = number | readonly number[];

export function fillRule(): Rule<Fill> {
  return either<number, Fill>(real({ default: 0 }), listOf(real({ default: 0 })));
}

/** The value of each channel. */
export function perChannel(action: string, name: string, value: Fill, channels: number): readonly number[] {
  if (typeof value === 'number') return new Array<number>(channels).fill(value);
  if (value.length === channels) return value;
  const rule = `${name} must have a value for each of the ${channels} channels`;
  throw new InvalidInputError({ action, rule, received: show(value) });
}
