import { checkParams, integer, type OptionsOf, oneOf, type ParamsOf } from '../../../check/index.ts';
import type { ImageMode } from './image-mode.ts';

const spec = {
  /** The channels that are wanted, made from those that the file has; `unchanged` keeps these. */
  mode: oneOf<ImageMode>(['unchanged', 'gray', 'rgb', 'rgba'], { default: 'unchanged' }),
  /** An image of more pixels is refused before memory is taken for it. The default is Pillow's. */
  maxPixels: integer({ min: 1, default: 89_478_485 }),
};

export type ReadImageOptions = OptionsOf<typeof spec>;

export function imageOptions(action: string, options: ReadImageOptions): ParamsOf<typeof spec> {
  return checkParams(action, spec, options);
}
