/** Two lengths, along height and width. */
export type Extent = readonly [height: number, width: number];

/** How the windows of an image lie. */
export interface WindowSize {
  readonly input: Extent;
  readonly output: Extent;
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly padding: Extent;
  readonly dilation: Extent;
}

export interface ConvolutionSize extends WindowSize {
  readonly images: number;
  readonly groups: number;
  /** Of all groups together. */
  readonly channels: number;
  readonly outChannels: number;
}

/** Floats of the columns that are made at a time: 1 MB, so that they stay in the second-level cache. */
const MOST_COLUMNS = 2 ** 18;

/** The product of one group: (rows, depth) times (depth, places). */
export function productOf({ channels, outChannels, groups, kernel, output }: ConvolutionSize) {
  return {
    rows: outChannels / groups,
    depth: (channels / groups) * kernel[0] * kernel[1],
    places: output[0] * output[1],
  };
}

/** Lines of an output image whose columns are made at a time; the sums of {@link correlateInto} depend on it. */
export function linesOf(size: ConvolutionSize): number {
  const line = Math.max(1, productOf(size).depth * size.output[1]);
  return Math.min(size.output[0], Math.max(1, Math.floor(MOST_COLUMNS / line)));
}

/** Visits the parts of an output image that are made at a time: its lines `from .. to - 1`. */
export function forEachStrip(size: ConvolutionSize, visit: (from: number, to: number) => void): void {
  const lines = linesOf(size);
  const height = size.output[0];
  for (let from = 0; from < height; from += lines) visit(from, Math.min(height, from + lines));
}

/** Where in memory a group of channels of one image begins. */
export interface GroupPlaces {
  readonly group: number;
  readonly inputAt: number;
  readonly weightAt: number;
  readonly outputAt: number;
}

/** Visits image by image, and group by group in it. */
export function forEachGroup(size: ConvolutionSize, visit: (places: GroupPlaces) => void): void {
  const { images, groups, channels, input } = size;
  const { rows, depth, places } = productOf(size);
  const inputLength = (channels / groups) * input[0] * input[1];
  for (let i = 0; i < images * groups; i++) {
    const group = i % groups;
    visit({ group, inputAt: i * inputLength, weightAt: group * rows * depth, outputAt: i * rows * places });
  }
}
