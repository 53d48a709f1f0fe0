import { compareLabels } from '../../check/index.ts';
import { listFolder, readWhole } from '../../core/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';
import type { RandomState } from '../../random/index.ts';
import { type Pixels, type ReadImageOptions, readImage } from '../files/images/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { Dataset } from './dataset.ts';
import type { ImageDatasetOptions, LabelledImage } from './image-dataset.ts';
import { type SampleTransform, toTensor } from './transforms/index.ts';

const ACTION = 'read a folder of images';
const IMAGE = /\.(png|jpe?g)$/i;

/** An image's place, and the number of its class. */
export interface ImageFile {
  readonly path: string;
  readonly label: number;
}

export interface ImageFolderOptions<X> extends ImageDatasetOptions<X>, ReadImageOptions {}

/**
 * Images in files (Node only), read when they are visited: torchvision's `ImageFolder`. Colours are red, green and blue
 * unless `mode` says otherwise.
 *
 * A loader's workers open the same one by `new ImageFolder(files, options)` in a `datasetMaker`, with the list of files
 * as its arguments.
 *
 * @example
 * import { mkdir, writeFile } from 'node:fs/promises';
 * import { DataLoader, ImageFolder } from 'fitwise/nn';
 * const png = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=';
 * await mkdir('photos/cats', { recursive: true });
 * await writeFile('photos/cats/tom.png', png, 'base64');
 * const { dataset, classes } = await ImageFolder.open('photos');
 * classes; // ['cats']
 * for await (const { x } of new DataLoader(dataset, { batchSize: 8 })) x.shape; // [1, 3, 1, 2]
 */
export class ImageFolder<X = Tensor> implements Dataset<LabelledImage<X>> {
  readonly files: readonly ImageFile[];
  readonly length: number;
  readonly #transform: SampleTransform<Pixels, X>;
  readonly #reading: ReadImageOptions;

  constructor(files: readonly ImageFile[], { transform, ...reading }: ImageFolderOptions<X> = {}) {
    this.files = files;
    this.length = files.length;
    this.#transform = transform ?? (toTensor as SampleTransform<Pixels, unknown> as SampleTransform<Pixels, X>);
    this.#reading = { mode: 'rgb', ...reading };
  }

  /**
   * The `.png`, `.jpg` and `.jpeg` files below `root`, whose folders are the classes, in torchvision's order: classes
   * by name, then folders, then files. Other files are left out.
   *
   * @throws InvalidInputError if there is no class, or one without images
   * @throws InvalidFileError if the folder cannot be read
   */
  static async open<X = Tensor>(
    root: string,
    options: ImageFolderOptions<X> = {},
  ): Promise<{ readonly dataset: ImageFolder<X>; readonly classes: readonly string[] }> {
    const classes = [...(await listFolder(root)).folders].sort(compareLabels);
    if (classes.length === 0) refuse('the folder must hold a folder for each class', show(root));
    const lists = await Promise.all(classes.map(name => listImages(`${root}/${name}`)));
    const empty = lists.findIndex(list => list.length === 0);
    if (empty >= 0) refuse('every class must have images (.png, .jpg, .jpeg)', `none in ${show(classes[empty])}`);
    const files = lists.flatMap((list, label) => list.map(path => ({ path, label })));
    return { dataset: new ImageFolder(files, options), classes };
  }

  /** Image `index` and the number of its class; `random` is what the transform draws from. */
  async get(index: number, random: RandomState): Promise<LabelledImage<X>> {
    const { path, label } = this.files[index] ?? refuse(`there must be an image ${index}`, `${this.length} images`);
    const pixels = await readImage(await readWhole(path), this.#reading);
    return { x: this.#transform(pixels, random), y: label };
  }
}

/** Images in a folder and in those below it, ordered by the paths of the folders and then by their names. */
async function listImages(root: string): Promise<string[]> {
  const found: { readonly folder: string; readonly files: readonly string[] }[] = [];
  const visit = async (folder: string): Promise<void> => {
    const { files, folders } = await listFolder(folder);
    found.push({ folder, files });
    for (const name of folders) await visit(`${folder}/${name}`);
  };
  await visit(root);
  found.sort((a, b) => compareLabels(a.folder, b.folder));
  return found.flatMap(({ folder, files }) => {
    const images = files.filter(name => IMAGE.test(name)).sort(compareLabels);
    return images.map(name => `${folder}/${name}`);
  });
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: ACTION, rule, received });
}
