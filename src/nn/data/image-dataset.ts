import { InvalidInputError, show, showShape } from '../../errors/index.ts';
import type { RandomState } from '../../random/index.ts';
import type { Pixels } from '../files/images/index.ts';
import type { NumberArray } from '../files/number-array.ts';
import type { Tensor } from '../tensor/index.ts';
import type { Dataset } from './dataset.ts';
import { type SampleTransform, toTensor } from './transforms/index.ts';

/** An image after its transform, with its label. */
export interface LabelledImage<X> {
  readonly x: X;
  readonly y: number;
}

export interface ImageDatasetOptions<X> {
  /** What becomes of the pixels, at every visit anew. Default {@link toTensor}. */
  readonly transform?: SampleTransform<Pixels, X>;
}

/**
 * Images that lie in one array, kept in their 8 or 16 bits until they are visited, with their labels: MNIST, say.
 *
 * @example
 * import { RandomState } from 'fitwise';
 * import { ImageDataset, readIdx } from 'fitwise/nn';
 * const images = await readIdx(Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 0));
 * const labels = await readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 3));
 * const data = new ImageDataset(images, labels);
 * data.get(0, new RandomState(0)).x.toArray(); // [[[0, 1]]]
 */
export class ImageDataset<X = Tensor> implements Dataset<LabelledImage<X>> {
  readonly length: number;
  readonly #images: Pixels['data'];
  readonly #shape: readonly number[];
  readonly #labels: ArrayLike<number>;
  readonly #transform: SampleTransform<Pixels, X>;

  /**
   * @param images of 8 or 16 bits, shape (images, height, width) or (images, height, width, channels)
   * @param labels one number for each image
   * @throws InvalidInputError on another type or shape, and if there are more or fewer labels than images
   */
  constructor(
    images: NumberArray,
    labels: NumberArray | ArrayLike<number>,
    { transform }: ImageDatasetOptions<X> = {},
  ) {
    const { data, shape } = images;
    if (!(data instanceof Uint8Array || data instanceof Uint16Array) || (shape.length !== 3 && shape.length !== 4)) {
      const rule =
        'images must be of 8 or 16 bits, of shape (images, height, width) or (images, height, width, channels)';
      refuse(rule, `${show(data)} of ${showShape(...shape)}`);
    }
    const list = 'shape' in labels ? labels.data : labels;
    if (list.length !== shape[0]) refuse(`there must be ${shape[0]} labels, one for each image`, `${list.length}`);
    this.#images = data;
    this.#shape = shape;
    this.#labels = list;
    this.#transform = transform ?? (toTensor as SampleTransform<Pixels, unknown> as SampleTransform<Pixels, X>);
    this.length = list.length;
  }

  /** Image `index` and its label; `random` is what the transform draws from. */
  get(index: number, random: RandomState): LabelledImage<X> {
    const [count, height, width] = this.#shape as [number, number, number];
    const size = this.#images.length / count;
    const data = this.#images.subarray(index * size, (index + 1) * size);
    return { x: this.#transform({ data, width, height }, random), y: this.#labels[index]! };
  }
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: 'make an ImageDataset', rule, received });
}
